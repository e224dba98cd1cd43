/** Environment variables set on a service ("Render Public API", Environment Variables). */

import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { confirmUnlisted } from "../gone.ts";
import { environmentVariable } from "./answers.ts";

/** All variables by name. */
export async function listVariables(api: ApiContext, serviceId: string): Promise<Map<string, string>> {
  const variables = await api.client.list(api, pathOf(serviceId), "envVar", environmentVariable);
  return new Map(variables.map(({ key, value }) => [key, value]));
}

/** Sets one variable. */
export function setVariable(api: ApiContext, serviceId: string, name: string, value: string): Promise<void> {
  return api.client.send(api, "PUT", pathOf(serviceId, name), { body: { value } });
}

/** Has Render generate the value of one variable. */
export function generateVariable(api: ApiContext, serviceId: string, name: string): Promise<void> {
  return api.client.send(api, "PUT", pathOf(serviceId, name), { body: { generateValue: true } });
}

/** Removes one variable. */
export async function removeVariable(api: ApiContext, serviceId: string, name: string): Promise<void> {
  if (await api.client.remove(api, pathOf(serviceId, name))) return;
  const names = async () => [...(await listVariables(api, serviceId)).keys()].map((id) => ({ id }));
  await confirmUnlisted({ what: `variable ${name}`, id: name }, names);
}

function pathOf(serviceId: string, name?: string): string {
  const list = `/services/${segment(serviceId)}/env-vars`;
  return name === undefined ? list : `${list}/${segment(name)}`;
}
