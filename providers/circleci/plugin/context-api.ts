/** Requests about contexts. */
import type { z } from "zod";
import { isStatus, type ServiceError } from "../../kit/service-error.ts";
import { segment } from "../../kit/vendor-client.ts";
import { type ContextAnswer, contextAnswer } from "./answers.ts";
import type { ApiContext } from "./client.ts";
import { isUuid, organizationQuery, visibleOrganizations } from "./organizations.ts";

/** The path of a context; what belongs to it is below. */
export function contextPath(id: string): string {
  return `/api/v2/context/${segment(id)}`;
}

/**
 * A context by id; undefined when it is gone. CircleCI refuses the id of no context with the 403 of one that the token
 * may not see, so the list of its organization decides.
 * @param organization slug or id of its organization; without it, all that the token's user belongs to are asked.
 */
export async function findContext(
  api: ApiContext,
  id: string,
  organization?: string,
): Promise<ContextAnswer | undefined> {
  try {
    return await api.client.call(api, "GET", contextPath(id), contextAnswer);
  } catch (error) {
    if (isAbsentOrHidden(error)) return await listedContext(api, id, organization);
    throw error;
  }
}

/** A context as the lists of organizations show it. Throws when no list can be read. */
export async function listedContext(
  api: ApiContext,
  id: string,
  organization?: string,
): Promise<ContextAnswer | undefined> {
  if (organization !== undefined) return (await contextsOf(api, organization)).find((context) => context.id === id);
  let refusal: unknown = new Error(`no organization of the token in CIRCLE_TOKEN shows whether context ${id} exists`);
  const seen: string[] = [];
  for (const { slug } of await visibleOrganizations(api)) {
    try {
      const found = (await contextsOf(api, slug)).find((context) => context.id === id);
      if (found) return found;
      seen.push(slug);
    } catch (error) {
      // A member of a team need not be one of the whole organization.
      if (!isAbsentOrHidden(error)) throw error;
      refusal = error;
    }
  }
  if (seen.length === 0) throw refusal;
  api.log?.("debug", `context ${id} is taken for gone: ${seen.join(", ")} list none of this id`);
  return undefined;
}

/**
 * A list of what belongs to a context; undefined when the context is gone. Throws the refusal when it is there.
 * @param part `environment-variable` or `restrictions`.
 */
export async function partsOf<Part>(
  api: ApiContext,
  contextId: string,
  part: string,
  item: z.ZodType<Part>,
): Promise<Part[] | undefined> {
  try {
    return await api.client.list(api, `${contextPath(contextId)}/${part}`, item);
  } catch (error) {
    if (!isAbsentOrHidden(error)) throw error;
    if (await listedContext(api, contextId)) throw error;
    return undefined;
  }
}

/** The error of a write that belongs to a context, in words that fit: a context that is gone is not the token's fault. */
export async function explained(api: ApiContext, contextId: string, error: unknown): Promise<unknown> {
  if (!isAbsentOrHidden(error) || (await listedContext(api, contextId))) return error;
  return contextIsGone(contextId, error);
}

/** There is no such context any more. */
export function contextIsGone(contextId: string, cause?: unknown): Error {
  const advice = "Run `pulumi refresh --run-program`, then the same command again: it is made anew";
  return new Error(`the CircleCI context ${contextId} is gone. ${advice}`, { cause });
}

/** The contexts of that name in an organization, given by slug or id. There is one at most. */
export async function contextsNamed(api: ApiContext, organization: string, name: string): Promise<ContextAnswer[]> {
  return (await contextsOf(api, organization)).filter((context) => context.name === name);
}

/** Makes a context. */
export function postContext(api: ApiContext, organization: string, name: string): Promise<ContextAnswer> {
  const owner = isUuid(organization) ? { id: organization } : { slug: organization };
  const body = { name, owner: { ...owner, type: "organization" } };
  return api.client.call(api, "POST", "/api/v2/context", contextAnswer, { body });
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
    const contexts = await contextsNamed(api, slug, name).catch((error: unknown) => {
      if (isAbsentOrHidden(error)) return [];
      throw error;
    });
    if (contexts.some((context) => context.id === id)) return slug;
  }
  throw new Error(`context ${id} belongs to no organization that the token in CIRCLE_TOKEN may see`);
}

function contextsOf(api: ApiContext, organization: string): Promise<ContextAnswer[]> {
  return api.client.list(api, "/api/v2/context", contextAnswer, organizationQuery(organization));
}

function isAbsentOrHidden(error: unknown): error is ServiceError {
  return isStatus(error, 403, 404);
}
