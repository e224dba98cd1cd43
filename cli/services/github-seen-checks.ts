/** The checks that a repository's pull requests have, as GitHub shows them. */
import { z } from "zod";
import { list } from "../../providers/kit/answer.ts";
import type { GithubClient } from "./github-client.ts";

/** How many of the latest pull requests are looked at. */
const RECENT = 5;

const pulls = z.array(z.object({ head: z.object({ sha: z.string() }) }));
const statuses = z.object({ statuses: list(z.object({ context: z.string() })) });
const runs = z.object({ check_runs: list(z.object({ name: z.string() })) });

/**
 * The names that each recent pull request has which has any: one that only some have would block the others, if it
 * were required. CircleCI reports statuses, or check runs where its GitHub checks are on.
 * @returns undefined when there is no such repository for this token.
 */
export async function seenChecks(
  client: Pick<GithubClient, "find">,
  owner: string,
  repository: string,
): Promise<readonly string[] | undefined> {
  const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repository)}`;
  const latest = { state: "all", sort: "updated", direction: "desc", per_page: RECENT };
  const recent = await client.find(`${path}/pulls`, pulls, latest);
  if (!recent) return undefined;
  const named = await Promise.all(
    recent.map(async ({ head: { sha } }) => {
      const [status, checks] = await Promise.all([
        client.find(`${path}/commits/${sha}/status`, statuses),
        client.find(`${path}/commits/${sha}/check-runs`, runs),
      ]);
      const names = [
        ...(status?.statuses ?? []).map(({ context }) => context),
        ...(checks?.check_runs ?? []).map(({ name }) => name),
      ];
      return new Set(names);
    }),
  );
  const [first, ...others] = named.filter((names) => names.size > 0);
  return [...(first ?? [])].filter((name) => others.every((names) => names.has(name))).sort();
}
