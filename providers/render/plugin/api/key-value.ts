/** Key value stores ("Render Public API", Key Value). */
import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { confirmGone, listed } from "../gone.ts";
import { type KeyValue, type KeyValueConnection, keyValue, keyValueConnection } from "./datastore-answers.ts";

/** A store, or undefined when it is gone; with its workspace's id, one that is listed there is not taken for gone. */
export async function findKeyValue(api: ApiContext, id: string, ownerId?: string): Promise<KeyValue | undefined> {
  const found = await api.client.find(api, pathOf(id), keyValue);
  if (!found && ownerId !== undefined) await confirmKeyValueGone(api, id, ownerId);
  return found;
}

/** Stores of this name, in one workspace or in all that the API key may see. */
export async function keyValuesNamed(api: ApiContext, name: string, ownerId?: string): Promise<KeyValue[]> {
  const found = await api.client.list(api, pathOf(), "keyValue", keyValue, { name, ownerId });
  return found.filter(
    (candidate) => candidate.name === name && (ownerId === undefined || candidate.owner.id === ownerId),
  );
}

/** Creates a store. Not repeatable: `createOnce` decides. */
export function postKeyValue(api: ApiContext, body: object): Promise<KeyValue> {
  return api.client.call(api, "POST", pathOf(), keyValue, { body });
}

/** Changes a store. The request sets values, so that sending it twice does no harm. */
export function patchKeyValue(api: ApiContext, id: string, body: object): Promise<KeyValue> {
  return api.client.call(api, "PATCH", pathOf(id), keyValue, { body, repeatable: true });
}

/** How to connect to a store. */
export function getKeyValueConnection(api: ApiContext, id: string): Promise<KeyValueConnection> {
  return api.client.call(api, "GET", `${pathOf(id)}/connection-info`, keyValueConnection);
}

/** Deletes a store with what is in it, or finds it gone. */
export async function deleteKeyValue(api: ApiContext, id: string, ownerId: string): Promise<void> {
  if (!(await api.client.remove(api, pathOf(id)))) await confirmKeyValueGone(api, id, ownerId);
}

function confirmKeyValueGone(api: ApiContext, id: string, ownerId: string): Promise<void> {
  const list = () => api.client.list(api, pathOf(), "keyValue", listed, { ownerId });
  return confirmGone(api, { what: `key value store ${id}`, id, ownerId }, list);
}

function pathOf(id?: string): string {
  return id === undefined ? "/key-value" : `/key-value/${segment(id)}`;
}
