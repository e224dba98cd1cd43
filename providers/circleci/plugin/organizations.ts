/** How organizations are named in requests. */
import { z } from "zod";
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

/** Without the id, which is null for a personal organization ("CircleCI API v2", Collaborations). */
const collaborations = z.array(z.object({ slug: z.string(), name: z.string() }));

/** The organizations that the token's user belongs to ("List your collaborations"). */
export function visibleOrganizations(api: ApiContext): Promise<z.infer<typeof collaborations>> {
  return api.client.call(api, "GET", "/api/v2/me/collaborations", collaborations);
}
