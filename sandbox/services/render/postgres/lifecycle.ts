/** A database's birth, sleep and end, on real servers where the sandbox has them. */

import { deleteWhere } from "../../core/collections.ts";
import type { DatabaseAddress } from "../../core/databases.ts";
import { type DatastoreLifecycle, datastoreLifecycle } from "../datastores/lifecycle.ts";
import type { Render } from "../render.ts";
import type { Postgres } from "./model.ts";

/** What can happen to a database as a whole. */
export interface PostgresLifecycle
  extends Pick<DatastoreLifecycle<Postgres, DatabaseAddress>, "create" | "addressOf" | "close"> {
  /** Takes up what a former sandbox left. */
  resumeAll(): void;
  suspend(postgres: Postgres): void;
  resume(postgres: Postgres): void;
  /** Deletes a database with its data. */
  delete(postgres: Postgres): Promise<void>;
}

/** The lifecycle on the sandbox's databases. */
export function postgresLifecycle(render: Render): PostgresLifecycle {
  const { databases } = render.extras;
  const { start, end, ...lifecycle } = datastoreLifecycle<Postgres, DatabaseAddress>(render, {
    kind: "database",
    items: render.postgres,
    provide: async ({ databaseName: database, databaseUser: user, password, version }) =>
      databases?.provide({ database, user, password, version }),
  });
  return {
    ...lifecycle,
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
      await end(id);
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
  };
}
