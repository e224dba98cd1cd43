/** When the run began that an interruption or a lost answer has ended. */
import { z } from "zod";
import type { Pulumi } from "../pulumi.ts";

const history = z.array(z.object({ kind: z.string(), result: z.string(), startTime: z.string() }));
/** How many runs are looked at. */
const RECENT = "20";

/**
 * When the oldest of the updates began that have failed one after another until now, ISO 8601.
 * @returns undefined when the newest one ended well, or the backend remembers none.
 */
export async function failedSince(pulumi: Pulumi): Promise<string | undefined> {
  const { code, stdout } = await pulumi.run("stack", "history", "--json", "--page-size", RECENT, "--page", "1");
  const { data = [] } = code === 0 ? history.safeParse(JSON.parse(stdout)) : {};
  const updates = data.filter(({ kind }) => kind === "update");
  const succeeded = updates.findIndex(({ result }) => result === "succeeded");
  return updates.slice(0, succeeded === -1 ? undefined : succeeded).at(-1)?.startTime;
}
