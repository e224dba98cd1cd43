/** Stand-ins for `pulumi`, Go and the npm package, in a folder of their own: nothing of the machine's is used. */
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EngineSources } from "../../cli/engine/engine.ts";
import type { Progress } from "../../cli/progress.ts";

/** A temporary machine: folders for PATH, the cache and the sources. */
export interface FakeMachine {
  readonly root: string;
  /** Folder on PATH; empty at first. */
  readonly bin: string;
  /** Where the pinned engine is kept. */
  readonly cache: string;
  readonly env: Record<string, string>;
  readonly sources: EngineSources;
  remove(): Promise<void>;
}

/** Makes a machine on which nothing is installed and no release can be downloaded. */
export async function fakeMachine(): Promise<FakeMachine> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "engine-test-")));
  const bin = join(root, "bin");
  const home = join(root, "pulumi-home");
  const sources = { npmWrapper: join(root, "run.js"), goModules: join(root, "modules") };
  await mkdir(bin);
  for (const module of ["cli", "language-nodejs"]) {
    await mkdir(join(sources.goModules, module), { recursive: true });
    await writeFile(join(sources.goModules, module, "go.mod"), `module test/${module}\n\ngo 1.26.6\n`);
  }
  await writeFile(sources.npmWrapper, 'console.error("pulumi: fetch failed"); process.exitCode = 1;\n');
  return {
    root,
    bin,
    cache: join(home, "versions", "3.274.1", "bin"),
    env: { PATH: bin, HOME: root, PULUMI_HOME: home },
    sources,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** Writes an executable whose body is JavaScript (CommonJS). */
export async function writeProgram(path: string, body: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!${process.execPath}\n${body}\n`);
  await chmod(path, 0o755);
}

/** Body of a `pulumi` that answers `pulumi version`. */
export const pulumiBody = (version: string): string =>
  `if (process.argv[2] === "version") console.log("v${version}"); else process.exitCode = 1;`;

/** Puts a `pulumi` of this version into the folder, with its language host unless told otherwise. */
export async function writeEngine(folder: string, version: string, host = true): Promise<void> {
  await writeProgram(join(folder, "pulumi"), pulumiBody(version));
  if (host) await writeProgram(join(folder, "pulumi-language-nodejs"), "");
}

/**
 * Puts a `go` on PATH that "builds" by writing engines, and notes each of its calls in `go.log`.
 * `onBuild` is JavaScript that runs first in `go build`; it may await.
 */
export async function writeGo(
  machine: FakeMachine,
  options: { version?: string; onBuild?: string } = {},
): Promise<void> {
  const { version = "go1.26.8", onBuild = "" } = options;
  await writeProgram(
    join(machine.bin, "go"),
    `const fs = require("node:fs");
const args = process.argv.slice(2);
fs.appendFileSync(${JSON.stringify(join(machine.root, "go.log"))}, args[0] + "\\n");
async function main() {
  if (args[0] === "env") return console.log(${JSON.stringify(version)});
  if (args[0] === "list") {
    console.error("go: downloading example.com/a v1.0.0");
    return console.log("a\\nb\\nc");
  }
  ${onBuild}
  console.error("example.com/a");
  console.error("example.com/b");
  const body = ${JSON.stringify(`#!${process.execPath}\n${pulumiBody("3.274.1")}\n`)};
  fs.writeFileSync(args[args.indexOf("-o") + 1], body, { mode: 0o755 });
}
main();`,
  );
}

/** Progress that keeps what it was told. */
export interface RecordedProgress extends Progress {
  readonly notes: string[];
  readonly titles: string[];
  readonly details: string[];
}

/** A progress without a terminal, to look at afterwards. */
export function recordedProgress(): RecordedProgress {
  const notes: string[] = [];
  const titles: string[] = [];
  const details: string[] = [];
  return {
    notes,
    titles,
    details,
    note: (text) => {
      notes.push(text);
    },
    step: (title, work, estimate) => {
      titles.push(estimate ? `${title} (about ${estimate})` : title);
      return work((text) => {
        details.push(text);
      });
    },
  };
}
