/** The repository on GitHub that a report is published in. */
import type { HttpClient, RequestContext } from "../../providers/kit/http.ts";
import { githubClient } from "../services/github.ts";

/** The repository's part of the API. */
export interface RepositoryApi {
  readonly client: HttpClient;
  /** `/repos/owner/name`. */
  readonly path: string;
  readonly context: RequestContext;
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
    client: githubClient(env, { permission: named, tokenVariable: tokenVariable(env) }),
    path: `/repos/${repository}`,
    context: { signal },
  };
}
