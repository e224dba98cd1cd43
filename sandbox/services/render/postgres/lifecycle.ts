/** A database's birth, sleep and end, on real servers where the sandbox has them. */

import { deleteWhere } from "../../core/collections.ts";
import type { DatabaseAddress } from "../../core/databases.ts";
import type { Render } from "../render.ts";
import type { Postgres, PostgresStatus } from "./model.ts";

/** What can happen to a database as a whole. */
export interface PostgresLifecycle {
  /** Takes a new database in, and makes it in the background: `status` until then, `available` or `failed` afterwards. */
  create(postgres: Postgres, status: PostgresStatus, failed: PostgresStatus): Postgres;
  /** Takes up what a former sandbox left. */
  resumeAll(): void;
  suspend(postgres: Postgres): void;
  resume(postgres: Postgres): void;
  /** Deletes a database with its data. */
  delete(postgres: Postgres): Promise<void>;
  /** Where it really runs, as soon as it does; undefined where nothing really runs. */
  addressOf(postgres: Postgres): Promise<DatabaseAddress | undefined>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** The lifecycle on the sandbox's databases. */
export function postgresLifecycle(render: Render): PostgresLifecycle {
  const { databases } = render.extras;
  const under = new Map<string, Promise<DatabaseAddress | undefined>>();
  let closing = false;

  const become = (id: string, status: PostgresStatus): void => {
    const postgres = render.postgres.get(id);
    if (postgres && !closing) render.postgres.put(id, { ...postgres, status, updatedAt: render.now() });
  };

  const start = (
    { id, name, databaseName, databaseUser, password, version }: Postgres,
    failed: PostgresStatus,
  ): void => {
    const provided = (async () => {
      try {
        const address = await databases?.provide({ database: databaseName, user: databaseUser, password, version });
        become(id, "available");
        return address;
      } catch (error) {
        if (!closing)
          render.log(`render: the database ${name} does not run: ${error instanceof Error ? error.message : error}`);
        become(id, failed);
        return undefined;
      }
    })();
    under.set(id, provided);
  };

  return {
    create(postgres, status, failed) {
      const taken = render.postgres.put(postgres.id, postgres);
      become(postgres.id, status);
      start(postgres, failed);
      return taken;
    },
    resumeAll() {
      for (const postgres of render.postgres.list(({ suspended }) => !suspended)) start(postgres, "unavailable");
    },
    suspend(postgres) {
      render.postgres.put(postgres.id, { ...postgres, suspended: true, status: "suspended", updatedAt: render.now() });
    },
    resume(postgres) {
      render.postgres.put(postgres.id, { ...postgres, suspended: false, status: "creating", updatedAt: render.now() });
      start(postgres, "unavailable");
    },
    async delete({ id, databaseUser: user, version }) {
      await under.get(id);
      under.delete(id);
      await databases?.remove({ user, version });
      render.store.transaction(() => {
        deleteWhere(
          render.postgresExports,
          (item) => item.id,
          ({ postgresId }) => postgresId === id,
        );
        render.postgres.delete(id);
      });
    },
    addressOf: async ({ id }) => under.get(id),
    async close() {
      closing = true;
      await Promise.all(under.values());
    },
  };
}
