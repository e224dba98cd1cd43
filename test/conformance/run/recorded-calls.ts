/** The calls that the emulated services have recorded. They hold secrets here: keep them in memory. */
import type { Call } from "../../../sandbox/services/core/traffic.ts";

/** All calls since the services started, read from their console. */
export async function recordedCalls(consoleUrl: string): Promise<readonly Call[]> {
  const answer = await fetch(`${consoleUrl}/_sandbox/traffic`);
  if (!answer.ok) throw new Error(`GET /_sandbox/traffic answered ${answer.status}`);
  const lines = (await answer.text()).split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Call);
}
