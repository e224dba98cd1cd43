/** Requests about projects. */
import type { z } from "zod";
import { isStatus } from "../../kit/service-error.ts";
import { segment } from "../../kit/vendor-client.ts";
import { type ProjectAnswer, projectAnswer } from "./answers.ts";
import type { ApiContext } from "./client.ts";
import { isFollowed } from "./followed-projects.ts";

/** The path of a project; what belongs to it is below. */
export function projectPath(slug: string): string {
  return `/api/v2/project/${slug.split("/").map(segment).join("/")}`;
}

/** A project by slug; undefined when nobody has set it up, or the token may not see it. */
export function findProject(api: ApiContext, slug: string): Promise<ProjectAnswer | undefined> {
  return api.client.find(api, projectPath(slug), projectAnswer);
}

/**
 * A project that the state knows; undefined when it is gone. That there is none is only believed when the user's list
 * of projects does not hold it either.
 * @throws Error when CircleCI says both.
 */
export async function knownProject(
  api: ApiContext,
  slug: string,
  projectId?: string,
): Promise<ProjectAnswer | undefined> {
  const found = await findProject(api, slug);
  if (found || !(await isFollowed(api, { slug, ...(projectId !== undefined && { projectId }) }))) return found;
  return (await findProject(api, slug)) ?? contradiction(slug);
}

/** CircleCI shows a project in one place, and not in another. */
export function contradiction(slug: string): never {
  throw new Error(
    `CircleCI lists the project ${slug} and says that there is none (404), so nothing is taken for gone. ` +
      "Run the same command again",
  );
}

/**
 * Starts the builds of an OAuth organization's repository ("CircleCI API v1.1", Follow a new project on CircleCI).
 * Following twice is following once, so a lost answer is no danger: it is sent again.
 */
export async function followProject(api: ApiContext, slug: string): Promise<void> {
  const [host = "", organization = "", repository = ""] = slug.split("/");
  const vcs = host.startsWith("b") ? "bitbucket" : "github";
  const path = `/api/v1.1/project/${vcs}/${segment(organization)}/${segment(repository)}/follow`;
  await api.client.send(api, "POST", path, { body: {}, repeatable: true });
}

/** Makes a project in an organization, given by slug or id ("CircleCI API v2", Create a new project). */
export function postProject(api: ApiContext, organization: string, name: string): Promise<ProjectAnswer> {
  return api.client.call(api, "POST", `/api/v2/organization/${segment(organization)}/project`, projectAnswer, {
    body: { name },
  });
}

/**
 * A list of what belongs to a GitHub App project, or to a part of it; undefined when that is gone. The API has no
 * request for a project by its bare id, so the list of followed projects is the only proof that the token sees it.
 */
export async function listBelow<Item>(
  api: ApiContext,
  projectId: string,
  path: string,
  item: z.ZodType<Item>,
): Promise<Item[] | undefined> {
  try {
    return await api.client.list(api, path, item);
  } catch (error) {
    if (!isStatus(error, 404)) throw error;
    const isThere = await isFollowed(api, { projectId });
    // A part of the project may be gone where the project is not: then the answer comes again.
    return isThere ? await again(() => api.client.list(api, path, item)) : undefined;
  }
}

async function again<Found>(look: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isStatus(error, 404)) return undefined;
    throw error;
  }
}
