/** The database at Render of a site that was found: the one that its DATABASE_URL leads to. */
import { DATABASE_VARIABLE } from "../../../infra/variables.ts";
import type { Postgres } from "../../../providers/render/plugin/api/datastore-answers.ts";
import { findPostgres, getConnection, listPostgres } from "../../../providers/render/plugin/api/postgres.ts";
import type { ApiContext } from "../../../providers/render/plugin/client.ts";
import type { ObservedService } from "../../../providers/render/plugin/service/observe.ts";
import type { Around } from "../around.ts";
import type { Setting } from "../finding.ts";
import { type FoundDatastore, findDatastore, planSetting } from "./render-datastore.ts";

/** Render's hosts of databases carry their ids: dpg-...-a, with the region's domain from outside. */
const HOST = /@(dpg-\w+(?:-a)?)(?:[.:/]|$)/;

/** Finds it. */
export function findDatabase(around: Around, api: ApiContext, site: ObservedService): Promise<FoundDatastore> {
  return findDatastore(around, site, {
    part: "database",
    variable: DATABASE_VARIABLE,
    host: HOST,
    // A host is the id, or the id with `-a` behind it.
    find: async (id) => (await findPostgres(api, id)) ?? (await findPostgres(api, id.replace(/-a$/, ""))),
    idAt: (url, ownerId) => withAddress(api, url, ownerId),
    internalAddress: async (id) => (await getConnection(api, id)).internalConnectionString,
    settings: databaseSettings,
  });
}

/** Of a database whose internal address has another host than usual. One that is elsewhere has other names. */
async function withAddress(api: ApiContext, url: string, ownerId: string): Promise<string | undefined> {
  const { username, pathname } = URL.parse(url) ?? {};
  if (!username || !pathname) return undefined;
  for (const { id, databaseName, databaseUser } of await listPostgres(api, { ownerId })) {
    if (databaseUser !== username || `/${databaseName}` !== pathname) continue;
    if ((await getConnection(api, id)).internalConnectionString === url) return id;
  }
  return undefined;
}

function databaseSettings(found: Postgres): Setting[] {
  return [
    planSetting("database", found.plan, "basic_256mb"),
    { key: "database.version", value: found.version },
    { key: "database.diskSizeGB", value: found.plan === "free" ? undefined : found.diskSizeGB },
    { key: "database.highAvailability", value: found.highAvailabilityEnabled || undefined },
  ];
}
