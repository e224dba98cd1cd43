/** The checks that pull requests have, where the pipeline's file is the team's and no rule requires any. */
import type { GithubClient } from "../../services/github-client.ts";
import { seenChecks } from "../../services/github-seen-checks.ts";
import { REQUIRED_CHECKS } from "./github-ruleset.ts";

/** What is said of them. Adoption changes nothing, so what is not required today is not required by it. */
export async function checksNote(
  client: Pick<GithubClient, "find">,
  owner: string,
  repository: string,
): Promise<string> {
  const none = (why: string): string =>
    `No check is required to merge: ${why}. ${REQUIRED_CHECKS} takes their names, as GitHub shows them.`;
  try {
    const checks = await seenChecks(client, owner, repository);
    if (!checks || checks.length === 0) return none("all recent pull requests have none in common");
    return `No check is required to merge. Recent pull requests have ${checks.join(", ")}: ${REQUIRED_CHECKS} can require them.`;
  } catch (error) {
    return none((error as Error).message.replace(/\.$/, ""));
  }
}
