/** A new project of a GitHub App organization, made once. */
import { setTimeout as wait } from "node:timers/promises";
import { alreadyExists } from "../../kit/existing.ts";
import { mayHaveTakenEffect } from "../../kit/service-error.ts";
import { canonicalSlug } from "../slug.ts";
import type { ProjectAnswer } from "./answers.ts";
import type { ApiContext } from "./client.ts";
import { followedProjects } from "./followed-projects.ts";
import { isUuid } from "./organizations.ts";
import { findProject, postProject } from "./project-api.ts";

/** Waits before the look-ups that follow a lost answer: CircleCI may still be at work. */
const LOOK_UP_WAITS_MS = [250, 1_000];

/**
 * Makes the project. When the answer is lost, it is looked for among the projects that the token's user follows; where
 * it is not found, that is said, and no second one is made.
 * @throws Error when one of the name was there before.
 */
export async function newProject(
  api: ApiContext,
  token: string,
  organization: string,
  name: string,
): Promise<ProjectAnswer> {
  const [before] = await projectsNamed(api, organization, name);
  if (before) throw alreadyExists({ kind: "CircleCI project", token, name, importId: before.slug });
  try {
    return await postProject(api, organization, name);
  } catch (error) {
    if (!mayHaveTakenEffect(error)) throw error;
    for (const ms of LOOK_UP_WAITS_MS) {
      await wait(ms, undefined, { signal: api.signal });
      const [made] = await projectsNamed(api, organization, name);
      if (made) return made;
    }
    const advice = `If CircleCI shows a project "${name}" now, import it by its slug; otherwise run the command again`;
    throw new Error(`${(error as Error).message}. ${advice}`, { cause: error });
  }
}

/** Projects of that name in a GitHub App organization, as far as the token's user follows them. */
export async function projectsNamed(api: ApiContext, organization: string, name: string): Promise<ProjectAnswer[]> {
  const followed = (await followedProjects(api)) ?? [];
  const likely = followed.filter((one) => one.slug.startsWith("circleci/") && (one.name ?? name) === name);
  const found = await Promise.all(likely.map(({ slug }) => findProject(api, slug)));
  return found.filter((one) => one !== undefined && one.name === name && isIn(organization, one)) as ProjectAnswer[];
}

function isIn(organization: string, { organization_id: id, organization_slug: slug }: ProjectAnswer): boolean {
  const wanted = isUuid(organization) ? [id] : [slug, `circleci/${id}`];
  return wanted.includes(canonicalSlug(organization));
}
