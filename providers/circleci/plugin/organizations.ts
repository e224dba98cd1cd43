/** How organizations are named in requests. */
import type { z } from "zod";
import { collaborationsAnswer } from "./answers.ts";
import type { ApiContext } from "./client.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is an id of CircleCI, not a name or slug. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The query that picks an organization, given by slug or id. */
export function organizationQuery(organization: string): Record<string, string> {
  return isUuid(organization) ? { "owner-id": organization } : { "owner-slug": organization };
}

/** The organizations that the token's user belongs to ("List your collaborations"). */
export function visibleOrganizations(api: ApiContext): Promise<z.infer<typeof collaborationsAnswer>> {
  return api.client.call(api, "GET", "/api/v2/me/collaborations", collaborationsAnswer);
}
