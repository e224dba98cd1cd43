/** An engine that answers with the event logs of earlier runs, for tests of what is read out of them. */
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { WatchablePulumi } from "../../../cli/pulumi.ts";

/** One run: its log in drift-events, and how it ended. */
export interface RecordedRun {
  readonly log: string;
  readonly code?: number;
  readonly stderr?: string;
}

/** Gives the runs one after the other, and keeps the arguments that each was asked for, without the log's path. */
export function recordedEngine(...runs: readonly RecordedRun[]): WatchablePulumi & { readonly asked: string[][] } {
  const asked: string[][] = [];
  const runWith: WatchablePulumi["runWith"] = async (_options, ...args) => {
    const run = runs[asked.length];
    const flag = args.indexOf("--event-log");
    asked.push([...args.slice(0, flag)]);
    if (!run) throw new Error(`no run is recorded for ${args.join(" ")}`);
    await copyFile(join(import.meta.dirname, "..", "drift-events", `${run.log}.jsonl`), args[flag + 1] ?? "");
    return { code: run.code ?? 0, stdout: "", stderr: run.stderr ?? "" };
  };
  return { asked, runWith, run: (...args) => runWith({}, ...args) };
}
