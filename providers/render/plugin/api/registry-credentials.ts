/** Registry credentials ("Render Public API", Registry Credentials). */
import { list } from "../../../kit/answer.ts";
import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { confirmGone, listed } from "../gone.ts";
import { type RegistryCredential, registryCredential } from "./answers.ts";

/** The list is answered without cursors; this is its longest page. */
const PAGE_SIZE = 100;

/** What is written of a credential. */
export interface CredentialRequest {
  readonly name: string;
  readonly registry: string;
  readonly username: string;
  readonly authToken: string;
}

/** A credential, or undefined when it is gone; with its workspace's id, one that is listed is not taken for gone. */
export async function findCredential(
  api: ApiContext,
  id: string,
  ownerId?: string,
): Promise<RegistryCredential | undefined> {
  const found = await api.client.find(api, pathOf(id), registryCredential);
  if (!found && ownerId !== undefined) await confirmCredentialGone(api, id, ownerId);
  return found;
}

/** Credentials of this name, in one workspace or in all that the API key may see. */
export async function credentialsNamed(api: ApiContext, name: string, ownerId?: string): Promise<RegistryCredential[]> {
  const query = { name, ownerId, limit: PAGE_SIZE };
  const found = await api.client.call(api, "GET", pathOf(), list(registryCredential), { query });
  return found.filter((credential) => credential.name === name);
}

/** Creates a credential. Not repeatable: `createOnce` decides. */
export function postCredential(api: ApiContext, body: CredentialRequest & { readonly ownerId: string }) {
  return api.client.call(api, "POST", pathOf(), registryCredential, { body });
}

/** Changes a credential. The request sets values, so that sending it twice does no harm. */
export function patchCredential(api: ApiContext, id: string, body: CredentialRequest): Promise<RegistryCredential> {
  return api.client.call(api, "PATCH", pathOf(id), registryCredential, { body, repeatable: true });
}

/** Deletes a credential, or finds it gone. */
export async function deleteCredential(api: ApiContext, id: string, ownerId: string): Promise<void> {
  if (!(await api.client.remove(api, pathOf(id)))) await confirmCredentialGone(api, id, ownerId);
}

function confirmCredentialGone(api: ApiContext, id: string, ownerId: string): Promise<void> {
  const options = { query: { ownerId, limit: PAGE_SIZE } };
  return confirmGone(api, { what: `registry credential ${id}`, id, ownerId }, () =>
    api.client.call(api, "GET", pathOf(), list(listed), options),
  );
}

function pathOf(id?: string): string {
  return id === undefined ? "/registrycredentials" : `/registrycredentials/${segment(id)}`;
}
