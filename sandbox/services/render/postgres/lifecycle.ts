/** A database's birth, copies, sleep and end, on real servers where the sandbox has them. */
import { deleteWhere } from "../../core/collections.ts";
import type { DatabaseAddress, DatabaseRequest } from "../../core/databases.ts";
import { type DatastoreLifecycle, datastoreLifecycle } from "../datastores/lifecycle.ts";
import type { Render } from "../render.ts";
import type { Postgres, PostgresExport } from "./model.ts";
import { exportFolder } from "./view.ts";

/** What can happen to a database as a whole. */
export interface PostgresLifecycle
  extends Pick<DatastoreLifecycle<Postgres, DatabaseAddress>, "create" | "addressOf" | "close"> {
  /** Takes a new database in, and fills it in the background with what is in another one now. */
  copy(source: Postgres, postgres: Postgres): Postgres;
  /** Makes an export's file in the background. Where nothing really runs there is none. */
  export(postgres: Postgres, wanted: PostgresExport): void;
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
  const { start, end, become, tell, close, ...lifecycle } = datastoreLifecycle<Postgres, DatabaseAddress>(render, {
    kind: "database",
    items: render.postgres,
    provide: async (postgres) => databases?.provide(requestOf(postgres)),
  });
  const exporting = new Set<Promise<void>>();
  let closing = false;

  const dump = async (postgres: Postgres, at: string): Promise<Uint8Array | undefined> => {
    await lifecycle.addressOf(postgres);
    return databases?.dump(requestOf(postgres), exportFolder(at));
  };
  const exportInto = async (postgres: Postgres, wanted: PostgresExport): Promise<void> => {
    try {
      const file = await dump(postgres, wanted.createdAt);
      const archive = file && Buffer.from(file).toString("base64");
      if (archive !== undefined && !closing && render.postgresExports.get(wanted.id))
        render.postgresExports.put(wanted.id, { ...wanted, archive });
    } catch (error) {
      tell(`the database ${postgres.name} is not exported`, error);
    }
  };
  const exportFile: PostgresLifecycle["export"] = (postgres, wanted) => {
    const work = exportInto(postgres, wanted).finally(() => exporting.delete(work));
    exporting.add(work);
  };

  return {
    ...lifecycle,
    copy: (source, postgres) =>
      lifecycle.create(postgres, "recovery_in_progress", "recovery_failed", async () => {
        const archive = await dump(source, postgres.createdAt);
        if (archive) await databases?.restore(requestOf(postgres), archive);
      }),
    export: exportFile,
    resumeAll() {
      for (const postgres of render.postgres.list(({ suspended }) => !suspended)) {
        // What it was to be filled with is not there any more.
        if (/^recovery_/.test(postgres.status)) become(postgres.id, "recovery_failed");
        else start(postgres, "unavailable");
      }
      for (const unmade of render.postgresExports.list(({ archive }) => archive === undefined)) {
        const postgres = render.postgres.get(unmade.postgresId);
        if (postgres) exportFile(postgres, unmade);
      }
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
    async close() {
      closing = true;
      await Promise.all([close(), ...exporting]);
    },
  };
}

function requestOf({ databaseName, databaseUser, password, version }: Postgres): DatabaseRequest {
  return { database: databaseName, user: databaseUser, password, version };
}
