/** Secret files of a service ("Render Public API", Secret Files). */

import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { confirmUnlisted } from "../gone.ts";
import { secretFile } from "./answers.ts";

/** Contents of all files by name. */
export async function listSecretFiles(api: ApiContext, serviceId: string): Promise<Map<string, string>> {
  const files = await api.client.list(api, pathOf(serviceId), "secretFile", secretFile);
  return new Map(files.map(({ name, content }) => [name, content]));
}

/** Sets one file. */
export function setSecretFile(api: ApiContext, serviceId: string, name: string, content: string): Promise<void> {
  return api.client.send(api, "PUT", pathOf(serviceId, name), { body: { content } });
}

/** Removes one file. */
export async function removeSecretFile(api: ApiContext, serviceId: string, name: string): Promise<void> {
  if (await api.client.remove(api, pathOf(serviceId, name))) return;
  const names = async () => [...(await listSecretFiles(api, serviceId)).keys()].map((id) => ({ id }));
  await confirmUnlisted({ what: `secret file ${name}`, id: name }, names);
}

function pathOf(serviceId: string, name?: string): string {
  const list = `/services/${segment(serviceId)}/secret-files`;
  return name === undefined ? list : `${list}/${segment(name)}`;
}
