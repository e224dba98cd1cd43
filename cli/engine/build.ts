/** Builds the engine and its Node.js language host from pinned Go modules. */
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "../child-process.ts";
import type { SearchContext } from "./engine.ts";
import { findGo, type Go } from "./go.ts";
import { BUILT_HOST, BUILT_HOST_VERSION, ENGINE_VERSION, LANGUAGE_HOST } from "./versions.ts";

/** One Go module that builds one executable, its `tool`. */
export interface Part {
  readonly title: string;
  /** Folder of the module. */
  readonly module: string;
  readonly executable: string;
  readonly version: string;
  /** Measured with empty caches on two cores. */
  readonly estimate: string;
}

const PARTS: readonly Part[] = [
  {
    title: "Node.js language host",
    module: "language-nodejs",
    executable: BUILT_HOST,
    version: BUILT_HOST_VERSION,
    estimate: "30 s",
  },
  { title: "Pulumi engine", module: "cli", executable: "pulumi", version: ENGINE_VERSION, estimate: "3 min" },
];

/**
 * The built host does not read `runtime.options` from an engine of today, but has a flag of the same meaning:
 * Node runs TypeScript itself.
 */
const HOST_SCRIPT = `#!/bin/sh
exec "$(dirname "$0")/${BUILT_HOST}" -typescript=false "$@"
`;

/** Enough of a failed build to see why. */
const SHOWN_LINES = 15;

/**
 * Builds into `<home>/versions/<version>/bin`.
 * @throws Error with the last lines of what failed, or why nothing can be built here; the signal's reason when aborted.
 */
export async function buildEngine(home: string, context: SearchContext, goModules: string): Promise<void> {
  if (process.platform === "win32") throw new Error("the language host's script needs a POSIX shell");
  const binDir = join(home, "versions", ENGINE_VERSION, "bin");
  const workDir = join(home, "go-build");
  await mkdir(binDir, { recursive: true });
  await mkdir(workDir);
  for (const part of PARTS) await buildPart(part, { goModules, binDir, workDir }, context);
  const script = join(binDir, LANGUAGE_HOST);
  await writeFile(script, HOST_SCRIPT);
  await chmod(script, 0o755);
}

/**
 * Builds one part into `binDir`, with its intermediate files in `workDir`; gives the Go that built it.
 * @throws as {@link buildEngine}.
 */
export async function buildPart(
  part: Part,
  { goModules, binDir, workDir }: { readonly goModules: string; readonly binDir: string; readonly workDir: string },
  context: SearchContext,
): Promise<Go> {
  const module = join(goModules, part.module);
  const found = await findGo(module, context);
  const go = { ...found, env: { ...found.env, GOTMPDIR: workDir } };
  const total = await fetchSources(part, module, go, context);
  await compile(part, module, join(binDir, part.executable), total, go, context);
  return go;
}

/** Downloads what the part is made of; gives the number of its packages. */
async function fetchSources(part: Part, cwd: string, go: Go, context: SearchContext): Promise<number> {
  return context.progress.step(
    `Fetching the sources of the ${part.title} ${part.version}`,
    async (detail) => {
      let modules = 0;
      const listed = await runGo(go, ["list", "-mod=readonly", "-deps", "tool"], cwd, context, (line) => {
        if (!line.startsWith("go: downloading")) return;
        modules += 1;
        detail(`modules downloaded: ${modules}`);
      });
      return listed.trim().split("\n").length;
    },
    "20 s with empty caches",
  );
}

async function compile(
  part: Part,
  cwd: string,
  output: string,
  total: number,
  go: Go,
  context: SearchContext,
): Promise<void> {
  const version = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${part.version}`;
  const flags = ["-v", "-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags", `-s -w -X ${version}`];
  await context.progress.step(
    `Building the ${part.title} ${part.version}`,
    async (detail) => {
      let packages = 0;
      await runGo(go, ["build", ...flags, "-o", output, "tool"], cwd, context, () => {
        packages += 1;
        detail(`${packages} of at most ${total} packages`);
      });
    },
    `${part.estimate} with empty caches`,
  );
}

/** Runs Go; gives its standard output. */
async function runGo(
  go: Go,
  args: readonly string[],
  cwd: string,
  context: SearchContext,
  onErrorLine: (line: string) => void,
): Promise<string> {
  const { code, stdout, stderr } = await runProcess(go.command, args, {
    env: go.env,
    cwd,
    signal: context.signal,
    onErrorLine,
  });
  if (code === 0) return stdout;
  const lines = stderr.trim().split("\n");
  const shown = lines.slice(-SHOWN_LINES).map((line) => `  ${line}`);
  throw new Error([`\`go ${args[0]}\` failed with exit code ${code}; its last lines:`, ...shown].join("\n"));
}
