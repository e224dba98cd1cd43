/** The rules of the default branch. */
import { z } from "zod";
import { WITHOUT_ID } from "../../../infra/repository-rules.ts";
import { isStatus } from "../../../providers/kit/service-error.ts";
import type { GithubClient } from "../../services/github-client.ts";
import {
  guards,
  isMeant,
  listedRuleset,
  planHasNone,
  type Ruleset,
  rulesetAnswer,
} from "../../services/github-rulesets.ts";
import { type Around, absent, ambiguous, isOffByTeam } from "../around.ts";
import { type Finding, OFF_BY_ADOPTION, type Setting } from "../finding.ts";

const FLAG = "--ruleset";
const requiredChecks = z.array(z.object({ context: z.string() }));
/** The key of the checks that a merge requires. */
export const REQUIRED_CHECKS = "repository.ruleset.requiredChecks";

/**
 * The ruleset that guards the default branch.
 * @param path the repository's path.
 * @throws UserError when there are several and none is named.
 */
export async function findRuleset(
  around: Around,
  client: GithubClient,
  path: string,
  { name: repository, default_branch: branch }: { readonly name: string; readonly default_branch: string },
): Promise<Pick<Finding, "settings" | "ids" | "notes">> {
  const { given } = around;
  const off = (reason: string, notes: readonly string[] = []) => {
    const note = `${OFF_BY_ADOPTION}${reason}`;
    return { settings: [{ key: "repository.ruleset", value: "off", note }], ids: {}, notes };
  };
  if (isOffByTeam(around, "repository.ruleset", given.ruleset)) return off("left out");
  const rulesets = await listRulesets(client, path);
  if (!rulesets) return off("the account's plan has none");
  const guarding = given.ruleset
    ? rulesets.filter(({ name }) => name === given.ruleset)
    : rulesets.filter((ruleset) => guards(ruleset, branch));
  const [only, ...others] = guarding;
  if (!only && given.ruleset) throw absent(`ruleset "${given.ruleset}"`, FLAG);
  if (!only) return off("the default branch has none", rulesets.filter((one) => isMeant(one, branch)).map(notInForce));
  if (others.length > 0)
    throw ambiguous(
      "ruleset",
      FLAG,
      guarding.map(({ name }) => name),
    );
  return { settings: settingsOf(only), ids: { "repository-ruleset": `${repository}:${only.id}` }, notes: [] };
}

function notInForce({ name, enforcement }: Ruleset): string {
  return `The ruleset "${name}" guards nothing (${enforcement}): it is left alone. ${FLAG} takes it in.`;
}

/** With their rules, which the list does not tell; undefined where the plan has no rulesets. */
async function listRulesets(client: GithubClient, path: string): Promise<Ruleset[] | undefined> {
  try {
    const all = await client.list(`${path}/rulesets`, listedRuleset, { includes_parents: false, targets: "branch" });
    const branches = all.filter(({ target = "branch" }) => target === "branch");
    return await Promise.all(branches.map(({ id }) => client.read(`${path}/rulesets/${id}`, rulesetAnswer)));
  } catch (error) {
    if (isStatus(error, 403) && planHasNone(error.status, error.answer)) return undefined;
    throw error;
  }
}

function settingsOf({ rules, bypass_actors: actors }: Ruleset): Setting[] {
  const parametersOf = (type: string) => rules.find((one) => one.type === type)?.parameters ?? {};
  const review = parametersOf("pull_request");
  const checks = parametersOf("required_status_checks");
  const required = requiredChecks.safeParse(checks["required_status_checks"]).data ?? [];
  const bypass = actors.map(({ actor_type: actorType, actor_id: actorId }) => ({
    actorType,
    ...(actorId && !WITHOUT_ID.has(actorType) && { actorId }),
  }));
  return [
    { key: "repository.ruleset.reviews", value: Number(review["required_approving_review_count"] ?? 0) },
    { key: "repository.ruleset.codeOwners", value: review["require_code_owner_review"] === true || undefined },
    {
      key: "repository.ruleset.strictChecks",
      value: checks["strict_required_status_checks_policy"] === false ? false : undefined,
    },
    { key: REQUIRED_CHECKS, value: required.length > 0 ? required.map(({ context }) => context) : undefined },
    {
      key: "repository.ruleset.linearHistory",
      value: rules.some(({ type }) => type === "required_linear_history") || undefined,
    },
    { key: "repository.ruleset.bypass", value: bypass },
  ];
}
