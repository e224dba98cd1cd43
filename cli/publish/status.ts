/** The status of a commit. */
import type { Report } from "../report/index.ts";
import type { RepositoryApi } from "./repository.ts";

/** GitHub refuses longer descriptions ("Commit statuses"). */
const LONGEST_DESCRIPTION = 140;

/**
 * Sets `delivery/<stack>`: `failure` when the run failed, else `success`, with the report's sentence.
 * @throws ServiceError, ConnectionError.
 */
export async function putStatus(
  { client, path }: RepositoryApi,
  { commit, report, jobUrl }: { commit: string; report: Report; jobUrl: string | undefined },
): Promise<void> {
  const body = {
    state: report.outcome === "failed" ? "failure" : "success",
    context: `delivery/${report.stack}`,
    description: shortened(report.headline),
    ...(jobUrl !== undefined && { target_url: jobUrl }),
  };
  await client.send("POST", `${path}/statuses/${commit}`, { body, repeatable: true });
}

/** One line, cut at a whole character. */
export function shortened(text: string): string {
  const characters = [...text.replaceAll(/[\p{Cc}\s]+/gu, " ").trim()];
  if (characters.length <= LONGEST_DESCRIPTION) return characters.join("");
  return `${characters
    .slice(0, LONGEST_DESCRIPTION - 1)
    .join("")
    .trimEnd()}…`;
}
