/** The key value store at Render of a site that was found: the one that its REDIS_URL leads to. */
import { CACHE_VARIABLE } from "../../../infra/variables.ts";
import type { KeyValue } from "../../../providers/render/plugin/api/datastore-answers.ts";
import { findKeyValue, getKeyValueConnection } from "../../../providers/render/plugin/api/key-value.ts";
import type { ApiContext } from "../../../providers/render/plugin/client.ts";
import type { ObservedService } from "../../../providers/render/plugin/service/observe.ts";
import type { Around } from "../around.ts";
import type { Setting } from "../finding.ts";
import { type FoundDatastore, findDatastore, planSetting } from "./render-datastore.ts";

/** Inside of Render a store's host is its id, and most ask for no password. */
const HOST = /^rediss?:\/\/(?:[^/@]*@)?(red-\w+)(?:[.:/]|$)/;
/** What Render gives a paid store by itself. */
const USUAL_PERSISTENCE = "journal_snapshot";

/** Finds it. */
export function findCache(around: Around, api: ApiContext, site: ObservedService): Promise<FoundDatastore> {
  return findDatastore(around, site, {
    part: "cache",
    variable: CACHE_VARIABLE,
    host: HOST,
    find: (id) => findKeyValue(api, id),
    internalAddress: async (id) => (await getKeyValueConnection(api, id)).internalConnectionString,
    settings: cacheSettings,
  });
}

function cacheSettings({ plan, options }: KeyValue): Setting[] {
  const { maxmemoryPolicy, persistenceMode } = options;
  const isUsual = plan === "free" || persistenceMode === USUAL_PERSISTENCE;
  return [
    planSetting("cache", plan, "starter"),
    { key: "cache.evictionPolicy", value: maxmemoryPolicy },
    { key: "cache.persistence", value: isUsual ? undefined : persistenceMode },
  ];
}
