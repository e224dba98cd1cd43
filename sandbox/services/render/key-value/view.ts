/** A key value store as the API shows it. */
import type { CacheAddress } from "../../core/caches.ts";
import { describeAllowList } from "../datastores/model.ts";
import type { Render } from "../render.ts";
import type { KeyValue } from "./model.ts";

/** Recorded of every store that was made in June 2026. */
const VERSION = "8.1.4";
/** The port of every recorded kind of address ("Render Key Value", Connect). */
const PORT = 6379;

/** A store as recorded: its options as an object, an empty allow list as null, no address in the dashboard. */
export function describeKeyValue(render: Render, keyValue: KeyValue): object {
  const { maxmemoryPolicy, persistenceMode } = keyValue;
  return {
    id: keyValue.id,
    name: keyValue.name,
    owner: render.owner,
    ...(keyValue.environmentId !== undefined && { environmentId: keyValue.environmentId }),
    plan: keyValue.plan,
    region: keyValue.region,
    options: { maxmemoryPolicy, persistenceMode },
    ipAllowList: describeAllowList(keyValue.ipAllowList),
    version: VERSION,
    status: keyValue.status,
    createdAt: keyValue.createdAt,
    updatedAt: keyValue.updatedAt,
  };
}

/**
 * How to connect: where the store really runs, or under the names that Render gives it. Inside, a host has the id's name
 * and asks for no password; outside, one below its region's domain, with TLS ("Render Key Value", Connect). What really
 * runs on this machine asks for its password.
 */
export function connectionInfo({ id, region, password }: KeyValue, address: CacheAddress | undefined): object {
  if (address) {
    const { host, port } = address;
    const url = `redis://default:${password}@${host}:${port}`;
    return {
      internalConnectionString: url,
      externalConnectionString: url,
      cliCommand: `REDISCLI_AUTH=${password} valkey-cli -h ${host} -p ${port}`,
    };
  }
  const outside = `${region}-keyvalue.render.com`;
  return {
    internalConnectionString: `redis://${id}:${PORT}`,
    externalConnectionString: `rediss://${id}:${password}@${outside}:${PORT}`,
    cliCommand: `REDISCLI_AUTH=${password} valkey-cli --user ${id} -h ${outside} -p ${PORT} --tls`,
  };
}
