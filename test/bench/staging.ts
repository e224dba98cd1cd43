/** How long it takes to stage an application of many files, and how long to copy them by the system's own `cp`. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { stageContext } from "../../lib/context/stage-context.ts";

/** One entry a run, in milliseconds. */
export interface StagingTimes {
  /** `cp -R` of the application. */
  readonly copyMs: readonly number[];
  /** Nothing was staged before. */
  readonly coldMs: readonly number[];
  /** Nothing has changed since. */
  readonly unchangedMs: readonly number[];
}

const FOLDERS = 1_000;

/** Makes an application of so many small files in a temporary folder, and stages it in turn with copying it. */
export async function measureStaging(files: number, runs: number): Promise<StagingTimes> {
  const root = await mkdtemp(join(tmpdir(), "delivery-bench-"));
  try {
    const source = join(root, "app");
    await makeFiles(source, files);
    await writeFile(join(root, "Dockerfile"), "FROM scratch\n");
    const times = { copyMs: [] as number[], coldMs: [] as number[], unchangedMs: [] as number[] };
    for (let run = 0; run < runs; run += 1) {
      const [copy, stage] = [join(root, "copy"), join(root, "stage")];
      const staged = () => stageContext(source, join(root, "Dockerfile"), stage);
      times.copyMs.push(await timed(() => promisify(execFile)("cp", ["-R", source, copy])));
      times.coldMs.push(await timed(staged));
      times.unchangedMs.push(await timed(staged));
      for (const folder of [copy, stage]) await rm(folder, { recursive: true });
    }
    return times;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function makeFiles(folder: string, files: number): Promise<void> {
  for (let index = 0; index < FOLDERS; index += 1) {
    const below = join(folder, `package${index % 20}`, `module${index}`);
    await mkdir(below, { recursive: true });
    const names = Array.from({ length: files / FOLDERS }, (_, file) => join(below, `file${file}.py`));
    await Promise.all(names.map((name, file) => writeFile(name, `# ${index}\n`.repeat(1 + ((file * 37) % 400)))));
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
