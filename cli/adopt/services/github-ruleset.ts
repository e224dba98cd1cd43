/** The rules of the default branch. */
import { z } from "zod";
import type { HttpClient } from "../../../providers/kit/http.ts";
import { isStatus } from "../../../providers/kit/service-error.ts";
import { type Around, absent, ambiguous, isOffByTeam } from "../around.ts";
import { type Finding, OFF_BY_ADOPTION, type Setting } from "../finding.ts";

const FLAG = "--ruleset";

const listed = z.array(z.object({ id: z.number(), name: z.string(), target: z.string().optional() }));
const rule = z.object({ type: z.string(), parameters: z.record(z.string(), z.unknown()).nullish() });
const rulesetAnswer = z.object({
  id: z.number(),
  name: z.string(),
  conditions: z.object({ ref_name: z.object({ include: z.array(z.string()) }).nullish() }).nullish(),
  bypass_actors: z.array(z.object({ actor_type: z.string(), actor_id: z.number().nullish() })).nullish(),
  rules: z.array(rule).nullish(),
});

type Ruleset = z.infer<typeof rulesetAnswer>;

/**
 * The ruleset that guards the default branch.
 * @param path the repository's path.
 * @throws UserError when there are several and none is named.
 */
export async function findRuleset(
  around: Around,
  client: HttpClient,
  path: string,
  { name: repository, default_branch: branch }: { readonly name: string; readonly default_branch: string },
): Promise<Pick<Finding, "settings" | "ids">> {
  const { given, signal } = around;
  const off = (reason: string) => {
    const note = `${OFF_BY_ADOPTION}${reason}`;
    return { settings: [{ key: "repository.ruleset", value: "off", note }], ids: {} };
  };
  if (isOffByTeam(around, "repository.ruleset", given.ruleset)) return off("left out");
  const rulesets = await listRulesets(client, signal, path);
  if (!rulesets) return off("the account's plan has none");
  const guarding = given.ruleset
    ? rulesets.filter(({ name }) => name === given.ruleset)
    : rulesets.filter(({ conditions }) => covers(conditions?.ref_name?.include ?? [], branch));
  const [only, ...others] = guarding;
  if (!only && given.ruleset) throw absent(`ruleset "${given.ruleset}"`, FLAG);
  if (!only) return off("the default branch has none");
  if (others.length > 0)
    throw ambiguous(
      "ruleset",
      FLAG,
      guarding.map(({ name }) => name),
    );
  return { settings: settingsOf(only), ids: { "repository-ruleset": `${repository}:${only.id}` } };
}

/** With their rules, which the list does not tell; undefined where the plan has no rulesets. */
async function listRulesets(client: HttpClient, signal: AbortSignal, path: string): Promise<Ruleset[] | undefined> {
  const query = { includes_parents: false, per_page: 100, targets: "branch" };
  try {
    const found = await client.call({ signal }, "GET", `${path}/rulesets`, { query, answer: listed });
    const branches = found.filter(({ target }) => target !== "tag");
    return await Promise.all(
      branches.map(({ id }) => client.call({ signal }, "GET", `${path}/rulesets/${id}`, { answer: rulesetAnswer })),
    );
  } catch (error) {
    if (isStatus(error, 403)) return undefined;
    throw error;
  }
}

function covers(patterns: readonly string[], branch: string): boolean {
  return patterns.some((pattern) => ["~DEFAULT_BRANCH", "~ALL", `refs/heads/${branch}`].includes(pattern));
}

function settingsOf({ rules, bypass_actors: actors }: Ruleset): Setting[] {
  const parametersOf = (type: string) => (rules ?? []).find((one) => one.type === type)?.parameters ?? {};
  const review = parametersOf("pull_request");
  const checks = parametersOf("required_status_checks");
  const bypass = (actors ?? []).map(({ actor_type: actorType, actor_id: actorId }) => ({
    actorType,
    ...(actorId && { actorId }),
  }));
  return [
    { key: "repository.ruleset.reviews", value: Number(review["required_approving_review_count"] ?? 0) },
    { key: "repository.ruleset.codeOwners", value: review["require_code_owner_review"] === true || undefined },
    {
      key: "repository.ruleset.strictChecks",
      value: checks["strict_required_status_checks_policy"] === false ? false : undefined,
    },
    {
      key: "repository.ruleset.linearHistory",
      value: (rules ?? []).some(({ type }) => type === "required_linear_history") || undefined,
    },
    { key: "repository.ruleset.bypass", value: bypass },
  ];
}
