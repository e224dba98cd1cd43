/** The repository on GitHub that a report is published in. */
import { githubClient } from "../services/github.ts";
import type { GithubClient } from "../services/github-client.ts";

/** The repository's part of the API. */
export interface RepositoryApi {
  readonly client: GithubClient;
  /** `/repos/owner/name`. */
  readonly path: string;
  /** Where the token comes from. */
  readonly tokenVariable: string;
}

/** A token of its own for publishing may do less than the one that the GitHub provider works with. */
const PUBLISH_TOKEN = "GITHUB_PUBLISH_TOKEN";

/** The variable whose token publishes. */
export function tokenVariable(env: NodeJS.ProcessEnv): string {
  return env[PUBLISH_TOKEN] ? PUBLISH_TOKEN : "GITHUB_TOKEN";
}

/**
 * Opens it.
 * @param permission what the token needs there, in GitHub's words: `Pull requests: read and write`.
 * @throws UserError when there is no token.
 */
export function repositoryApi(
  env: NodeJS.ProcessEnv,
  { repository, permission, signal }: { repository: string; permission: string; signal: AbortSignal },
): RepositoryApi {
  const named = `it needs "${permission}" on ${repository}`;
  return {
    client: githubClient(env, { signal, permission: named, tokenVariable: tokenVariable(env) }),
    path: `/repos/${repository}`,
    tokenVariable: tokenVariable(env),
  };
}
