/** Requests about contexts. */
import { z } from "zod";
import { type ApiContext, segment } from "./client.ts";
import { isUuid, organizationQuery, visibleOrganizations } from "./organizations.ts";

const answer = z.object({ id: z.string(), name: z.string(), created_at: z.string() });

/** A context as CircleCI answers it. */
export type ContextAnswer = z.infer<typeof answer>;

/** The path of a context; what belongs to it is below. */
export function contextPath(id: string): string {
  return `/api/v2/context/${segment(id)}`;
}

/** A context by id. */
export function findContext(api: ApiContext, id: string): Promise<ContextAnswer | undefined> {
  return api.client.find(api, contextPath(id), answer);
}

/** The contexts of that name in an organization, given by slug or id. There is one at most. */
export async function contextsNamed(api: ApiContext, organization: string, name: string): Promise<ContextAnswer[]> {
  const contexts = await api.client.list(api, "/api/v2/context", answer, organizationQuery(organization));
  return contexts.filter((context) => context.name === name);
}

/** Makes a context. */
export function postContext(api: ApiContext, organization: string, name: string): Promise<ContextAnswer> {
  const owner = isUuid(organization) ? { id: organization } : { slug: organization };
  const body = { name, owner: { ...owner, type: "organization" } };
  return api.client.call(api, "POST", "/api/v2/context", answer, { body });
}

/**
 * A context as users name it on import: by id, or by organization and name, `gh/acme/production`; with the
 * organization where it was told. Throws when the text is neither.
 */
export async function contextNamed(
  api: ApiContext,
  text: string,
): Promise<{ readonly context: ContextAnswer; readonly organization?: string } | undefined> {
  if (isUuid(text)) {
    const context = await findContext(api, text);
    return context && { context };
  }
  const [, organization, name] = /^([^/]+\/[^/]+)\/(.+)$/.exec(text) ?? [];
  if (!organization || !name) {
    throw new Error(`"${text}" names no context; give its id, or organization and name: gh/acme/production`);
  }
  const [context] = await contextsNamed(api, organization, name);
  return context && { context, organization };
}

/** The slug of a context's organization: a context's answer does not say it, an organization lists its contexts. */
export async function organizationOf(api: ApiContext, { id, name }: ContextAnswer): Promise<string> {
  for (const { slug } of await visibleOrganizations(api)) {
    const contexts = await contextsNamed(api, slug, name);
    if (contexts.some((context) => context.id === id)) return slug;
  }
  throw new Error(`context ${id} belongs to no organization that the token in CIRCLE_TOKEN may see`);
}
