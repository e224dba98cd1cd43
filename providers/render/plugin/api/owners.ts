/** Workspaces ("Render Public API", Workspaces). */

import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { type Owner, owner } from "./answers.ts";

/** A workspace, or undefined when the API key may not see it. */
export function findOwner(api: ApiContext, id: string): Promise<Owner | undefined> {
  return api.client.find(api, `/owners/${segment(id)}`, owner);
}

/** All workspaces that the API key may see, of this name or e-mail address when given. */
export function listOwners(api: ApiContext, filter: { name?: string; email?: string } = {}): Promise<Owner[]> {
  return api.client.list(api, "/owners", "owner", owner, filter);
}
