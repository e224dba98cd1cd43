/** Requests about projects. */
import { z } from "zod";
import { type ApiContext, segment } from "./client.ts";

const answer = z.object({
  slug: z.string(),
  name: z.string(),
  id: z.string(),
  organization_id: z.string(),
  organization_name: z.string(),
  organization_slug: z.string(),
  vcs_info: z.object({ vcs_url: z.string(), default_branch: z.string() }),
});

/** A project as CircleCI answers it. */
export type ProjectAnswer = z.infer<typeof answer>;

/** The path of a project; what belongs to it is below. */
export function projectPath(slug: string): string {
  return `/api/v2/project/${slug.split("/").map(segment).join("/")}`;
}

/** A project by slug; undefined when nobody has set it up, or the token may not see it. */
export function findProject(api: ApiContext, slug: string): Promise<ProjectAnswer | undefined> {
  return api.client.find(api, projectPath(slug), answer);
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
  return api.client.call(api, "POST", `/api/v2/organization/${segment(organization)}/project`, answer, {
    body: { name },
  });
}

/** Deletes a project with its variables, keys and build history. */
export function deleteProject(api: ApiContext, slug: string): Promise<void> {
  return api.client.remove(api, projectPath(slug));
}
