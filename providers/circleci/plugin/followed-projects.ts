/**
 * The projects that the token's user follows ("CircleCI API v1.1", Get all followed projects): the only list of
 * projects that the API has. One that nobody of this token follows is not in it.
 */
import { ServiceError } from "../../kit/service-error.ts";
import { canonicalSlug } from "../slug.ts";
import { followedAnswer } from "./answers.ts";
import type { ApiContext } from "./client.ts";

/** A project of the list. */
export interface FollowedProject {
  /** Slug in CircleCI's short spelling; of a GitHub App project by ids: `circleci/<organization>/<project>`. */
  readonly slug: string;
  readonly name: string | undefined;
}

const HOSTS: Readonly<Record<string, string>> = {
  "github.com": "gh",
  "bitbucket.org": "bb",
  "circleci.com": "circleci",
};

/** The list; undefined when CircleCI refuses it to this token. */
export async function followedProjects(api: ApiContext): Promise<readonly FollowedProject[] | undefined> {
  try {
    const projects = await api.client.call(api, "GET", "/api/v1.1/projects", followedAnswer);
    return projects.flatMap(({ vcs_url: address, reponame: name }) => {
      const slug = slugOf(address);
      return slug === undefined ? [] : [{ slug, name }];
    });
  } catch (error) {
    if (error instanceof ServiceError && error.status < 500) return undefined;
    throw error;
  }
}

/** Whether the list holds a project, by slug or, for one of a GitHub App organization, by id. */
export async function isFollowed(api: ApiContext, { slug, projectId }: { slug?: string; projectId?: string }) {
  const followed = (await followedProjects(api)) ?? [];
  const wanted = slug === undefined ? undefined : canonicalSlug(slug);
  return followed.some((one) => one.slug === wanted || (projectId !== undefined && one.slug.endsWith(`/${projectId}`)));
}

function slugOf(address: string): string | undefined {
  const [, host = "", organization, name] =
    /^(?:https?:)?\/\/([^/]+)\/([^/]+)\/([^/]+?)(?:\.git)?\/?$/.exec(address) ?? [];
  const prefix = HOSTS[host];
  return prefix === undefined ? undefined : `${prefix}/${organization}/${name}`;
}
