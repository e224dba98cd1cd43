/** A key value store as the state keeps it. */
import type { KeyValue, KeyValueConnection } from "../api/datastore-answers.ts";
import { inOrderOf } from "../datastore/allow-list.ts";
import type { KeyValueInputs } from "./inputs.ts";
import type { KeyValueOutputs } from "./outputs.ts";

/** What decides how far a store is described: what a program leaves out is left alone. */
export type Named = Partial<KeyValueInputs>;

/** The inputs that would declare the store as it is; on an import all of them. */
export function describeInputs(found: KeyValue, named?: Named): KeyValueInputs {
  const { environmentId, options } = found;
  const optional = { environmentId, ...offered(found.plan, options) };
  const wanted = Object.entries(optional).filter(
    ([name, value]) => value !== undefined && (!named || named[name as keyof Named] !== undefined),
  );
  return {
    name: found.name,
    ownerId: found.owner.id,
    plan: found.plan as KeyValueInputs["plan"],
    region: found.region as KeyValueInputs["region"],
    ...Object.fromEntries(wanted),
    ipAllowList: inOrderOf(named?.ipAllowList ?? [], found.ipAllowList),
  };
}

/** The outputs: what is declared, as Render has it, and what Render adds. */
export function describeOutputs(found: KeyValue, inputs: Named, connection: KeyValueConnection): KeyValueOutputs {
  return { ...describeUnconnected(found, inputs), ...connection };
}

/** The same of a store that nobody can connect to yet. */
export function describeUnconnected(found: KeyValue, inputs: Named): Omit<KeyValueOutputs, keyof KeyValueConnection> {
  const { maxmemoryPolicy, persistenceMode } = found.options;
  return {
    ...describeInputs(found, inputs),
    ...(maxmemoryPolicy !== undefined && { maxmemoryPolicy }),
    ...(persistenceMode !== undefined && { persistenceMode }),
    version: found.version,
    status: found.status,
    createdAt: found.createdAt,
  };
}

/** What can be declared of the options: persistence is for paid plans. */
function offered(plan: string, { maxmemoryPolicy, persistenceMode }: KeyValue["options"]): object {
  return { maxmemoryPolicy, persistenceMode: plan === "free" ? undefined : persistenceMode };
}
