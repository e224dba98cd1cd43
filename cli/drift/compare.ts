/** Compares a stack with the services, through the engine, and changes nothing. */
import { type EngineEvent, runWithEvents } from "../engine-events/index.ts";
import { failedRun, type WatchablePulumi } from "../pulumi.ts";
import type { UnreadService } from "../report/index.ts";
import { type FailingService, failingServices } from "./failing-services.ts";

/** What the engine saw. */
export interface Comparison {
  readonly events: readonly EngineEvent[];
  /** Services that were left out because they could not be read. */
  readonly unread: readonly UnreadService[];
  /** False when only state and services were compared: a provider that does not start keeps the program from running. */
  readonly programRan: boolean;
}

/**
 * Refreshes in memory and previews the program on the result. `--run-program` makes the providers take today's
 * environment, never what an older state holds. The engine stops at the first service that it cannot read; so the
 * comparison is made again without that service, until the rest is complete.
 * @param onLine sees what the engine prints.
 * @throws UserError when it fails for another reason: the program, its configuration, the state.
 */
export async function compare(pulumi: WatchablePulumi, onLine: (line: string) => void): Promise<Comparison> {
  const unread: FailingService[] = [];
  let programRan = true;
  for (;;) {
    const excluded = unread.flatMap(({ provider }) => ["--exclude", `**${provider}:index**`]);
    const command = programRan ? ["preview", "--refresh", "--run-program"] : ["refresh", "--preview-only"];
    const { result, events } = await runWithEvents(pulumi, [...command, ...excluded], onLine);
    if (result.code === 0) return { events, unread, programRan };
    const failing = failingServices(events).filter(({ provider }) => !unread.some((one) => one.provider === provider));
    unread.push(...failing);
    // A program may also ask a service by itself, which is left out by now.
    const isStuck = failing.length === 0;
    if (isStuck && (unread.length === 0 || !programRan))
      throw failedRun(
        "The stack cannot be compared with the services",
        result,
        "Fix that first; `npx --no delivery preview --refresh` fails in the same way.",
      );
    if (isStuck || failing.some(({ blocksProgram }) => blocksProgram)) programRan = false;
  }
}
