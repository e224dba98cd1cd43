/** Waiting until a database or key value store can be used. */
import { setTimeout as sleep } from "node:timers/promises";
import type { CallContext } from "../../../kit/resource.ts";
import type { RenderClient } from "../client.ts";

const FIRST_INTERVAL_MS = 250;
const LONGEST_INTERVAL_MS = 10_000;
const GROWTH = 1.5;
/** A new one takes a minute or two; a larger disk or plan longer. `customTimeouts` shorten it. */
const LONGEST_MS = 3_600_000;

/** One that is asked for its maintenance can be used until then. */
const USABLE = new Set(["available", "maintenance_scheduled"]);
/** Statuses that end by somebody's hand only. */
const ENDED = new Set(["recovery_failed", "suspended"]);

/** What is read of it. */
export interface Datastore {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly suspenders?: readonly string[];
  readonly dashboardUrl: string;
}

/** What is waited for. */
export interface Awaited<Item extends Datastore> {
  /** "database". */
  readonly kind: string;
  readonly id: string;
  /** The object as it is; undefined when it is gone. */
  find(): Promise<Item | undefined>;
}

/**
 * The object as soon as it can be used. Throws, with what Render says, when it will not be by itself, when it takes too
 * long, when it is gone, and when `context.signal` aborts; the next run waits on.
 */
export async function untilAvailable<Item extends Datastore>(
  context: CallContext<RenderClient>,
  awaited: Awaited<Item>,
): Promise<Item> {
  const { kind, id } = awaited;
  const started = performance.now();
  let status: string | undefined;
  try {
    for (let interval = FIRST_INTERVAL_MS; ; interval = Math.min(interval * GROWTH, LONGEST_INTERVAL_MS)) {
      const found = await existing(awaited);
      if (USABLE.has(found.status)) return found;
      const waited = performance.now() - started;
      if (ENDED.has(found.status) || waited > LONGEST_MS) throw notAvailable(kind, found, waited);
      status = found.status;
      context.progress(`${kind} ${id}: ${status}, ${Math.round(waited / 1000)} s`);
      await sleep(interval, undefined, { signal: context.signal });
    }
  } catch (error) {
    if (!context.signal.aborted) throw error;
    const last = status === undefined ? "not seen yet" : `still "${status}"`;
    throw new Error(`Render says of ${kind} ${id}: ${last}; it goes on, and the next run waits for it`, {
      cause: error,
    });
  }
}

/** The object that must be there. */
export async function existing<Item extends Datastore>({ kind, id, find }: Awaited<Item>): Promise<Item> {
  const found = await find();
  if (!found) throw new Error(`${kind} ${id} does not exist any more; run \`pulumi refresh\`, then \`pulumi up\``);
  return found;
}

function notAvailable(kind: string, { id, name, status, suspenders = [], dashboardUrl }: Datastore, ms: number): Error {
  const by = suspenders.length > 0 ? ` (by: ${suspenders.join(", ")})` : "";
  const waited = ENDED.has(status) ? "" : ` after ${Math.round(ms / 60_000)} min`;
  const step = status === "suspended" ? "Resume it" : "Look";
  const at = dashboardUrl || "https://dashboard.render.com";
  return new Error(
    `Render says "${status}"${by} of ${kind} "${name}" (${id})${waited}. ${step} at ${at}, then run the same command again`,
  );
}
