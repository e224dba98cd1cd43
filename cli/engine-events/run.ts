/** Runs the engine and keeps the events of the run: one source for previews, updates, drift and policy findings. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunResult } from "../child-process.ts";
import type { WatchablePulumi } from "../pulumi.ts";
import type { EngineEvent } from "./event.ts";
import { readEvents } from "./read.ts";

/** What a run gave. */
export interface RunWithEvents {
  readonly result: RunResult;
  /** In the order of the engine; empty when it stopped before its first event. */
  readonly events: readonly EngineEvent[];
}

/**
 * Runs `preview`, `up`, `refresh` or `destroy` with the engine's event log. The log holds configuration in clear, so it
 * is kept in a folder of this user's alone and removed in any case.
 * @param onLine sees every line that the engine prints, as it comes.
 * @throws UserError when the log cannot be read; the signal's reason when aborted. A failed run is a result.
 */
export async function runWithEvents(
  pulumi: WatchablePulumi,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<RunWithEvents> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-events-"));
  const log = join(folder, "events.jsonl");
  try {
    // The flag is hidden, and refused without the variable.
    const options = { env: { PULUMI_DEBUG_COMMANDS: "true" }, ...(onLine && { onLine }) };
    const result = await pulumi.runWith(options, ...args, "--event-log", log);
    return { result, events: readEvents(await contentOf(log)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
