/** The default branch, and what else guards it. */
import { z } from "zod";
import { setCommand } from "../../../lib/configuration-problems.ts";
import { list, optional } from "../../../providers/kit/answer.ts";
import { allPages } from "../../services/github-pages.ts";
import { guards, listedRuleset, planHasNone, type Ruleset, rulesetAnswer } from "../../services/github-rulesets.ts";
import { bodyOf, reasonIn } from "../answer.ts";
import { type CheckContext, partCheck } from "../check.ts";
import { inState } from "../facts.ts";
import { type Finding, notChecked, ok, problem, warn } from "../finding.ts";
import { ADOPT } from "../names.ts";
import { ownedRepository, repositoryPath } from "./github-repository.ts";

const repository = z.object({ full_name: z.string(), default_branch: optional(z.string()) });
const NONE_YET = ok("no repository yet");

export const githubBranch = partCheck("repository", {
  id: "github-branch",
  area: "GitHub",
  title: "default branch",
  asks: "`default_branch` in `GET /repos/OWNER/NAME` of a repository that is there.",
  finds: "It is another than `pipeline.branch`: files and rules go to one, and CircleCI delivers the other.",
  needs: ["github-token", "github-owner"],
  applies: (_settings, { pipeline }) => pipeline !== undefined,
  async run({ name }, context) {
    const { branch } = context.configuration.pipeline ?? {};
    const answer = await ownedRepository(context, name);
    if (answer.status === 404 || branch === undefined) return NONE_YET;
    const { full_name, default_branch } = bodyOf(answer, repository);
    if (default_branch === undefined || default_branch === branch) return ok(branch);
    return problem(
      `the default branch of ${full_name} is ${default_branch}, and pipeline.branch is ${branch}`,
      setCommand("delivery:pipeline.branch", default_branch),
    );
  },
});

export const githubRulesets = partCheck("repository", {
  id: "github-rulesets",
  area: "GitHub",
  title: "rules of the default branch",
  asks: "`GET .../rulesets` and `GET .../rulesets/ID` of a repository that is there: which are active and match its default branch.",
  finds:
    "A warning for each that guards the default branch and is not in the stack: it holds the chain's own commits as well.",
  needs: ["github-token", "github-owner"],
  async run({ name }, context) {
    const found = await ownedRepository(context, name);
    if (found.status === 404) return NONE_YET;
    const { default_branch = "main" } = bodyOf(found, repository);
    const path = `${repositoryPath(context, name)}/rulesets`;
    const answer = await allPages(context.readers.github(), path);
    if (planHasNone(answer.status, reasonIn(answer))) return ok("the plan has no rulesets");
    if (answer.status === 403 || answer.status === 404)
      return notChecked("the token may not see rulesets", "Give it Metadata and Administration, read.");
    const listed = bodyOf(answer, list(listedRuleset));
    const rulesets = await Promise.all(listed.map(({ id }) => readRuleset(context, `${path}/${id}`)));
    const guarding = rulesets.filter((one) => one !== undefined && guards(one, default_branch)) as Ruleset[];
    const others = guarding.filter(({ id }) => !isOurs(context, id));
    return others.length > 0 ? others.map(foreign) : ok(guarding.length > 0 ? "this stack's" : "none");
  },
});

/** Undefined for one that went away, or that the token may list and not read. */
async function readRuleset({ readers }: CheckContext, path: string): Promise<Ruleset | undefined> {
  const answer = await readers.github().get(path);
  return answer.status === 404 || answer.status === 403 ? undefined : bodyOf(answer, rulesetAnswer);
}

function isOurs({ facts }: CheckContext, ruleset: number): boolean {
  return inState(facts, "github:index/repositoryRuleset:RepositoryRuleset", ({ id }) => id === String(ruleset));
}

function foreign({ name, source_type }: Ruleset): Finding {
  const ofOrganization = source_type !== undefined && source_type !== "Repository";
  return warn(
    `the ${ofOrganization ? "organization's " : ""}ruleset "${name}" guards the default branch, and is not in this stack`,
    ofOrganization ? "Let whoever the chain commits as bypass it, or the chain cannot write its files." : ADOPT,
  );
}
