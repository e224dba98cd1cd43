/** A CircleCI file that the team has already: it stays the team's, and what it reports is what can be required. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { repositoryRoot } from "../../infra/application/place.ts";
import { HEADER } from "../../infra/shared/circleci-config-yml.ts";
import { Interruption } from "../interruption.ts";
import { type Answers, OFF, OWNER, offParts } from "./questions.ts";

/** Names of the checks and statuses on a repository's recent pull requests; undefined when there is no such repository. */
export type SeenChecks = (owner: string, repository: string) => Promise<readonly string[] | undefined>;

/** What follows from the file. */
export interface ExistingPipeline {
  /** Settings by the key below `delivery:`. */
  readonly settings: ReadonlyMap<string, unknown>;
  /** What a person should know of it. */
  readonly notes: readonly string[];
}

const NONE: ExistingPipeline = { settings: new Map(), notes: [] };
const KEY = "repository.pipelineFile";
const CHECKS = "repository.ruleset.requiredChecks";

/**
 * Looks for the file in the application's repository.
 * @param folder the folder from which `application.path` starts.
 */
export async function existingPipeline(
  folder: string,
  answers: Answers,
  seenChecks: SeenChecks | undefined,
): Promise<ExistingPipeline> {
  const off = offParts({ [OFF]: answers[OFF] ?? "" });
  const file = join(repositoryRoot(resolve(folder, answers["application.path"] ?? "")), ".circleci", "config.yml");
  if (off.includes("repository") || off.includes("pipeline") || answers[KEY] !== undefined) return NONE;
  // The chain's own file stays the chain's.
  if (!existsSync(file) || readFileSync(file, "utf8").startsWith(HEADER)) return NONE;

  const observed = [KEY, "observed"] as const;
  const note = `${file} stays yours: repository.pipelineFile is observed, and the chain only compares it.`;
  if (answers[CHECKS] !== undefined || answers["repository.ruleset"] === "off")
    return { settings: new Map([observed]), notes: [note] };
  const { checks, why } = await checksOf(answers, seenChecks);
  if (checks.length > 0)
    return {
      settings: new Map<string, unknown>([observed, [CHECKS, checks]]),
      notes: [
        note,
        `Its recent pull requests have these checks, which are required from now on: ${checks.join(", ")}.`,
      ],
    };
  return {
    settings: new Map([observed]),
    notes: [note, `No check is required: ${why}. ${CHECKS} takes their names, as GitHub shows them.`],
  };
}

async function checksOf(answers: Answers, seenChecks: SeenChecks | undefined) {
  const owner = answers[OWNER];
  const repository = answers["repository.name"] ?? answers["application.name"];
  const none = (why: string) => ({ checks: [], why });
  if (!seenChecks || !owner || !repository)
    return none("without GITHUB_TOKEN in the environment GitHub cannot be asked");
  try {
    const checks = await seenChecks(owner, repository);
    if (!checks) return none(`GitHub has no repository ${owner}/${repository} yet, or the token may not see it`);
    return checks.length > 0
      ? { checks, why: "" }
      : none(`all recent pull requests of ${owner}/${repository} have none in common`);
  } catch (error) {
    if (error instanceof Interruption) throw error;
    return none((error as Error).message.replace(/\.$/, ""));
  }
}
