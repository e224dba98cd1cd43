/** What a store's own user does on its server: asks whether it answers, and gives it other settings. */
import { setTimeout as delay } from "node:timers/promises";
import { createClient } from "@redis/client";
import type { CacheRequest } from "../../services/core/caches.ts";
import { eventually } from "../system/polling.ts";
import { settingsOf } from "./server.ts";

/** Where a server listens, and its password. */
export interface CacheAccess {
  readonly port: number;
  readonly password: string;
}

type Client = ReturnType<typeof clientFor>;

const JOURNAL_WITHIN_MS = 60_000;

/** True once the server takes the password. */
export async function takesPassword(access: CacheAccess, signal: AbortSignal): Promise<boolean> {
  const attempt = connected(access, (client) => client.ping()).then(
    () => true,
    () => false,
  );
  return Promise.race([attempt, delay(2_000, false, { signal }).catch(() => false)]);
}

/**
 * Gives a running server other settings. As at Render, what is in the store is lost when persistence goes to or from `off`
 * ("Specify disk persistence behavior for paid Key Value instances").
 */
export async function reconfigure(access: CacheAccess, before: CacheRequest, after: CacheRequest): Promise<void> {
  await connected(access, async (client) => {
    if ((before.persistence === "off") !== (after.persistence === "off")) await client.flushAll();
    await client.configSet(settingsOf(after));
    if (after.persistence !== "journal_snapshot") return;
    // A server that is stopped before the journal is whole would begin the next time without what was in it.
    const isWhole = async (): Promise<boolean> => {
      const told = await client.info("persistence");
      return !/aof_rewrite_(?:in_progress|scheduled):1/.test(told);
    };
    if (!(await eventually(isWhole, JOURNAL_WITHIN_MS))) throw new Error("Its journal is still not written.");
  });
}

function clientFor({ port, password }: CacheAccess) {
  return createClient({ password, socket: { host: "127.0.0.1", port, reconnectStrategy: false } });
}

async function connected<T>(access: CacheAccess, work: (client: Client) => Promise<T>): Promise<T> {
  const client = clientFor(access);
  // Who asks learns of it from the call that fails.
  client.on("error", () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    if (client.isOpen) client.destroy();
  }
}
