/** Docker's buildx for tests: the machine's own, that of its Debian release, or the next release's. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packageSources } from "../../sandbox/docker/images/package-sources.ts";
import { call } from "../../sandbox/docker/system/command.ts";
import { exists } from "../../sandbox/docker/system/exists.ts";
import { hostTool } from "../../sandbox/docker/system/host.ts";
import { madeOnce } from "../../sandbox/docker/system/made-once.ts";
import { cacheDir } from "../../sandbox/paths.ts";

/** The first Debian release that packages it for every architecture; its program needs nothing of the release. */
const RELEASE = "trixie";
const MACHINE = ["/usr/local/lib", "/usr/local/libexec", "/usr/lib", "/usr/libexec"];
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Folder of docker's client plugins that has buildx; undefined when it cannot be had. */
export async function buildxFolder(): Promise<string | undefined> {
  for (const folder of MACHINE.map((parent) => join(parent, "docker", "cli-plugins")))
    if (await exists(join(folder, "docker-buildx"))) return folder;
  try {
    const root = await madeOnce(join(cacheDir(), "packages"), `buildx-${RELEASE}-${process.arch}`, unpack);
    return join(root, "usr/libexec/docker/cli-plugins");
  } catch {
    return undefined;
  }
}

async function unpack(folder: string, scratch: string): Promise<void> {
  const { lines } = await packageSources();
  const [, address = ""] =
    lines.find((line) => / main$/.test(line) && !/security|updates/.test(line))?.split(" ") ?? [];
  await mkdir(join(scratch, "lists", "partial"), { recursive: true });
  await writeFile(join(scratch, "sources.list"), `deb [signed-by=${KEYRING}] ${address} ${RELEASE} main\n`);
  const own = [
    `Dir::Etc::sourcelist=${join(scratch, "sources.list")}`,
    "Dir::Etc::sourceparts=/dev/null",
    `Dir::State::Lists=${join(scratch, "lists")}`,
    `Dir::Cache=${join(scratch, "cache")}`,
    "APT::Sandbox::User=root",
  ].flatMap((setting) => ["-o", setting]);
  await call(hostTool("apt-get"), [...own, "update"]);
  // It downloads into the folder that it is started in.
  const steps =
    'cd "$1" && shift && apt-get "$@" download docker-buildx && dpkg-deb --extract docker-buildx_*.deb "$0"';
  await call(hostTool("sh"), ["-ec", steps, folder, scratch, ...own]);
}
