/** The database at Render of a site that was found: the one that its DATABASE_URL leads to. */
import { configurationSchema } from "../../../infra/config-schema.ts";
import { DATABASE_VARIABLE } from "../../../infra/variables.ts";
import { settingAt } from "../../../lib/schema-field.ts";
import type { Postgres } from "../../../providers/render/plugin/api/datastore-answers.ts";
import { findPostgres, getConnection } from "../../../providers/render/plugin/api/postgres.ts";
import type { ApiContext } from "../../../providers/render/plugin/client.ts";
import type { ObservedService } from "../../../providers/render/plugin/service/observe.ts";
import { type Around, isOffByTeam } from "../around.ts";
import type { Finding, Setting } from "../finding.ts";

/** What was found of it; no ids when it stays outside the stack. */
export type FoundDatabase = Pick<Finding, "settings" | "ids" | "notes">;

/** Render's hosts of databases carry their ids: dpg-...-a, with the region's domain from outside. */
const HOST = /@(dpg-\w+(?:-a)?)(?:[.:/]|$)/;
/** Stands where the file needs a value that no key takes; `asFound` then keeps the database's own. */
const USUAL_PLAN = "basic_256mb";

/** Finds it. The site must be told the very address that the chain would tell it, or adopting would change the site. */
export async function findDatabase(around: Around, api: ApiContext, site: ObservedService): Promise<FoundDatabase> {
  const none = (...notes: string[]): FoundDatabase => ({ settings: [], ids: {}, notes });
  const url = site.variables.get(DATABASE_VARIABLE) ?? "";
  const id = HOST.exec(url)?.[1];
  if (id === undefined || isOffByTeam(around, "database", undefined)) return none();
  const { environmentId, ownerId, serviceDetails } = site.service;
  // A host is the id, or the id with `-a` behind it.
  const database = (await findPostgres(api, id)) ?? (await findPostgres(api, id.replace(/-a$/, "")));
  if (!database) return none(`The site's ${DATABASE_VARIABLE} names ${id}, which the token does not see.`);
  const stays = (why: string) => none(`The database ${database.name} (${id}) is left alone: ${why}.`);
  if (database.owner.id !== ownerId || database.region !== serviceDetails.region)
    return stays("it is in another workspace or region than the site");
  if (database.environmentId !== environmentId) return stays("it is in another Render environment than the site");
  const { internalConnectionString } = await getConnection(api, database.id);
  if (internalConnectionString !== url)
    return stays(`the site's ${DATABASE_VARIABLE} is not its internal address as Render tells it`);
  return { settings: databaseSettings(around, database), ids: { database: database.id }, notes: [] };
}

function databaseSettings({ names }: Around, found: Postgres): Setting[] {
  const isKnown = settingAt(configurationSchema, ["database", "plan"])?.safeParse(found.plan).success;
  const usual = `${names.application}-${names.environment}`;
  return [
    { key: "database.name", value: found.name === usual ? undefined : found.name },
    { key: "database.plan", value: isKnown ? found.plan : USUAL_PLAN },
    { key: "database.version", value: found.version },
    { key: "database.diskSizeGB", value: found.plan === "free" ? undefined : found.diskSizeGB },
    { key: "database.highAvailability", value: found.highAvailabilityEnabled || undefined },
    {
      key: "database.allow",
      value:
        found.ipAllowList.length === 0
          ? undefined
          : found.ipAllowList.map(({ cidrBlock, description }) => ({ cidr: cidrBlock, description })),
    },
  ];
}
