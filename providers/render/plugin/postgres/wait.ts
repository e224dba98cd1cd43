/** Waiting until a database can be used. */
import { setTimeout as sleep } from "node:timers/promises";
import type { CallContext } from "../../../kit/resource.ts";
import type { Postgres } from "../api/answers.ts";
import { findPostgres } from "../api/postgres.ts";
import type { RenderClient } from "../client.ts";

const FIRST_INTERVAL_MS = 250;
const LONGEST_INTERVAL_MS = 10_000;
const GROWTH = 1.5;
/** A new database takes a minute or two; a larger disk or plan longer. `customTimeouts` shorten it. */
const LONGEST_MS = 3_600_000;

/** A database that is asked for its maintenance can be used until then. */
const USABLE = new Set(["available", "maintenance_scheduled"]);
/** Statuses that end by somebody's hand only. */
const ENDED = new Set(["recovery_failed", "suspended"]);

/**
 * The database as soon as it can be used. Throws, with what Render says, when it will not be by itself, when it takes too
 * long, when it is gone, and when `context.signal` aborts; the next run waits on.
 */
export async function untilAvailable(
  context: CallContext<RenderClient>,
  id: string,
  ownerId: string,
): Promise<Postgres> {
  const started = performance.now();
  let status: string | undefined;
  try {
    for (let interval = FIRST_INTERVAL_MS; ; interval = Math.min(interval * GROWTH, LONGEST_INTERVAL_MS)) {
      const found = await existingPostgres(context, id, ownerId);
      if (USABLE.has(found.status)) return found;
      const waited = performance.now() - started;
      if (ENDED.has(found.status) || waited > LONGEST_MS) throw notAvailable(found, waited);
      status = found.status;
      context.progress(`database ${id}: ${status}, ${Math.round(waited / 1000)} s`);
      await sleep(interval, undefined, { signal: context.signal });
    }
  } catch (error) {
    if (!context.signal.aborted) throw error;
    const last = status === undefined ? "not seen yet" : `still "${status}"`;
    throw new Error(`Render says of database ${id}: ${last}; it goes on, and the next run waits for it`, {
      cause: error,
    });
  }
}

/** The database that must be there. */
export async function existingPostgres(
  context: CallContext<RenderClient>,
  id: string,
  ownerId: string,
): Promise<Postgres> {
  const found = await findPostgres(context, id, ownerId);
  if (!found) throw new Error(`database ${id} does not exist any more; run \`pulumi refresh\`, then \`pulumi up\``);
  return found;
}

function notAvailable({ id, name, status, suspenders, dashboardUrl }: Postgres, waitedMs: number): Error {
  const by = suspenders.length > 0 ? ` (by: ${suspenders.join(", ")})` : "";
  const waited = ENDED.has(status) ? "" : ` after ${Math.round(waitedMs / 60_000)} min`;
  const step = status === "suspended" ? "Resume it" : "Look";
  return new Error(
    `Render says "${status}"${by} of database "${name}" (${id})${waited}. ${step} at ${dashboardUrl}, then run the same command again`,
  );
}
