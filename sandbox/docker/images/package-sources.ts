/** Where this machine's apt gets the distribution's own packages from, and how it reaches that place. */
import { readFile } from "node:fs/promises";
import { call } from "../system/command.ts";
import { hostTool } from "../system/host.ts";
import { sharedAttempt } from "../system/shared-attempt.ts";

/** The distribution's package sources. */
export interface PackageSources {
  /** Code name of the release: "bookworm". */
  readonly release: string;
  /** `deb URI SUITE COMPONENT`; empty when apt has no package lists yet. */
  readonly lines: readonly string[];
}

const FORMAT = "$(ORIGIN) $(CREATED_BY) deb $(REPO_URI) $(RELEASE) $(COMPONENT)";

/**
 * The release of this machine with its updates; other vendors' packages are left out. Asked once in a process: apt reads
 * all its lists for the answer.
 */
export const packageSources = sharedAttempt(readSources);

async function readSources(): Promise<PackageSources> {
  const osRelease = await readFile("/etc/os-release", "utf8");
  const release = /^VERSION_CODENAME=(.*)$/m.exec(osRelease)?.[1] ?? "stable";
  const { stdout } = await call(hostTool("apt-get"), ["indextargets", "--format", FORMAT]);
  const lines = stdout
    .split("\n")
    .flatMap((line) => /^(?:Debian|Ubuntu) Packages (deb .*)$/.exec(line)?.[1] ?? [])
    .filter((source) => source.split(" ")[2]?.startsWith(release));
  return { release, lines: [...new Set(lines)].sort() };
}

/** Proxies and certificate authorities of apt, which mmdebstrap does not take over by itself. */
export async function aptNetworkOptions(): Promise<string[]> {
  const { stdout } = await call(hostTool("apt-config"), ["dump", "Acquire"]);
  return stdout.split("\n").filter((line) => /^Acquire::https?::\S+ ".+";$/i.test(line));
}
