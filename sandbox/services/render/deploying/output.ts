/** A container's output, moved into its deploy's log. */
import type { RunningContainer } from "../../core/service.ts";
import type { Deploy } from "../model.ts";
import type { Render } from "../render.ts";
import { log } from "./deploy-record.ts";

const TAIL = 1_000;

/** Reads a container's output piece by piece. */
export interface OutputReader {
  /** Logs what came since the last call. A container that cannot be asked any more adds nothing. */
  read(): Promise<void>;
}

/** A reader that starts at the beginning of the output. */
export function readOutput(render: Render, deploy: Deploy, container: RunningContainer): OutputReader {
  let known: readonly string[] = [];
  return {
    async read() {
      const lines = await container.logs(TAIL).catch(() => known);
      const fresh = lines.slice(overlap(known, lines));
      known = lines;
      log(render, deploy, "app", fresh);
    },
  };
}

/** How many of the first lines are the last known ones. */
function overlap(known: readonly string[], lines: readonly string[]): number {
  for (let count = Math.min(known.length, lines.length); count > 0; count -= 1) {
    const tail = known.slice(-count);
    if (tail.every((line, index) => line === lines[index])) return count;
  }
  return 0;
}
