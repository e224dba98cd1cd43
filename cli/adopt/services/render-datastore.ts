/** A database or cache at Render of a site that was found: the one that the site's variable leads to. */
import { configurationSchema } from "../../../infra/config-schema.ts";
import type { PartName } from "../../../infra/parts.ts";
import { settingAt } from "../../../lib/schema-field.ts";
import type { ObservedService } from "../../../providers/render/plugin/service/observe.ts";
import { type Around, isOffByTeam } from "../around.ts";
import type { Finding, Setting } from "../finding.ts";

/** What was found of it; no ids when it stays outside the stack. */
export type FoundDatastore = Pick<Finding, "settings" | "ids" | "notes">;

/** What is read of it. */
interface Datastore {
  readonly id: string;
  readonly name: string;
  readonly owner: { readonly id: string };
  readonly region: string;
  readonly environmentId?: string | undefined;
  readonly ipAllowList: readonly { readonly cidrBlock: string; readonly description: string }[];
}

/** How one kind is found. */
export interface DatastoreSearch<Item extends Datastore> {
  readonly part: PartName & ("database" | "cache");
  /** The variable that tells the site its address. */
  readonly variable: string;
  /** What of its address is the id. */
  readonly host: RegExp;
  find(id: string): Promise<Item | undefined>;
  /** The id of what has an address whose host tells none. */
  idAt?(url: string, ownerId: string): Promise<string | undefined>;
  internalAddress(id: string): Promise<string>;
  /** Settings besides name and allow list. */
  settings(found: Item): readonly Setting[];
}

/** Finds it. The site must be told the very address that the chain would tell it, or adopting would change the site. */
export async function findDatastore<Item extends Datastore>(
  around: Around,
  site: ObservedService,
  search: DatastoreSearch<Item>,
): Promise<FoundDatastore> {
  const { part, variable, host } = search;
  const none = (...notes: string[]): FoundDatastore => ({ settings: [], ids: {}, notes });
  const url = site.variables.get(variable) ?? "";
  if (url === "" || isOffByTeam(around, part, undefined)) return none();
  const { environmentId, ownerId, serviceDetails } = site.service;
  const id = host.exec(url)?.[1] ?? (await search.idAt?.(url, ownerId));
  if (id === undefined) return none();
  const found = await search.find(id);
  if (!found) return none(`The site's ${variable} names ${id}, which the token does not see.`);
  const stays = (why: string) => none(`The ${part} ${found.name} (${id}) is left alone: ${why}.`);
  if (found.owner.id !== ownerId || found.region !== serviceDetails.region)
    return stays("it is in another workspace or region than the site");
  if (found.environmentId !== environmentId) return stays("it is in another Render environment than the site");
  if ((await search.internalAddress(found.id)) !== url)
    return stays(`the site's ${variable} is not its internal address as Render tells it`);
  const { application, environment } = around.names;
  const blocks = found.ipAllowList.map(({ cidrBlock, description }) => ({ cidr: cidrBlock, description }));
  const settings = [
    { key: `${part}.name`, value: found.name === `${application}-${environment}` ? undefined : found.name },
    ...search.settings(found),
    { key: `${part}.allow`, value: blocks.length === 0 ? undefined : blocks },
  ];
  return { settings, ids: { [part]: found.id }, notes: [] };
}

/**
 * The plan as the file can hold it.
 * @param usual stands where the file needs a value that no key takes; `asFound` then keeps the datastore's own.
 */
export function planSetting(part: string, plan: string, usual: string): Setting {
  const isKnown = settingAt(configurationSchema, [part, "plan"])?.safeParse(plan).success;
  return { key: `${part}.plan`, value: isKnown ? plan : usual };
}
