/** The checks that a repository's pull requests have, as GitHub shows them. */
import { z } from "zod";
import type { GithubClient } from "./github-client.ts";
import { itemsIn } from "./github-pages.ts";

/** How many of the latest pull requests are looked at. */
const RECENT = 5;

const pulls = z.array(z.object({ head: z.object({ sha: z.string() }) }));
const status = z.object({ context: z.string() });
const run = z.object({ name: z.string() });

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
      const [statuses = [], runs = []] = await Promise.all([
        itemsIn(client, `${path}/commits/${sha}/status`, "statuses", status),
        itemsIn(client, `${path}/commits/${sha}/check-runs`, "check_runs", run),
      ]);
      return new Set([...statuses.map(({ context }) => context), ...runs.map(({ name }) => name)]);
    }),
  );
  const [first, ...others] = named.filter((names) => names.size > 0);
  return [...(first ?? [])].filter((name) => others.every((names) => names.has(name))).sort();
}
