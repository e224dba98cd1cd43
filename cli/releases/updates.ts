/** The stack's history: which runs of the engine changed something. */
import { z } from "zod";
import { failedRun, type Pulumi } from "../pulumi.ts";

const history = z.array(
  z.object({
    kind: z.string(),
    version: z.int().optional(),
    result: z.string(),
    startTime: z.string(),
    endTime: z.string().optional(),
    message: z.string().default(""),
    environment: z.record(z.string(), z.string()).default({}),
  }),
);

/** One `pulumi up`. */
export interface Update {
  /** Its number in the stack's history. */
  readonly version: number;
  readonly startedAt: string;
  /** Undefined while it runs. */
  readonly endedAt: string | undefined;
  readonly message: string;
  /** Who made the commit that was checked out, as far as Git knew. */
  readonly author: string | undefined;
}

/**
 * The stack's updates, newest first.
 * @throws UserError when the engine cannot tell.
 */
export async function readUpdates(pulumi: Pulumi): Promise<Update[]> {
  const result = await pulumi.run("stack", "history", "--json");
  if (result.code !== 0) throw failedRun("The stack's history cannot be read", result);
  const runs = history.parse(JSON.parse(result.stdout));
  return runs.flatMap(({ kind, version, startTime, endTime, message, environment }, index) => {
    if (kind !== "update") return [];
    // A backend of files numbers nothing: every run has version 0 there, or none.
    const number = version || runs.length - index;
    return [{ version: number, startedAt: startTime, endedAt: endTime, message, author: environment["git.author"] }];
  });
}
