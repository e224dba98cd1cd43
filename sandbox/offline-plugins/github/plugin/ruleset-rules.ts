/** The rules of a ruleset: one object in Pulumi, a list of typed rules in GitHub's API ("REST API endpoints for rules"). */
import { z } from "zod";
import { isObject } from "../../bridge/value.ts";
import { camelCase, snakeCase } from "./names.ts";
import type { Rules } from "./ruleset-schema.ts";

/** A rule as the API takes and gives it. */
export const apiRule = z.looseObject({ type: z.string(), parameters: z.looseObject({}).nullish() });
export type ApiRule = z.output<typeof apiRule>;

/** Rules that are there or not, in the order in which the vendor's client sends them. */
const order = [
  "creation",
  "update",
  "deletion",
  "requiredLinearHistory",
  "requiredDeployments",
  "requiredSignatures",
  "pullRequest",
  "requiredStatusChecks",
  "nonFastForward",
  "commitMessagePattern",
  "commitAuthorEmailPattern",
  "committerEmailPattern",
  "branchNamePattern",
  "tagNamePattern",
] as const satisfies readonly (keyof Rules)[];

const switches = [
  "creation",
  "deletion",
  "nonFastForward",
  "requiredLinearHistory",
  "requiredSignatures",
  "update",
] as const;

const allMergeMethods = ["merge", "rebase", "squash"];

/** What a request holds where the program is silent; to the bridge these are zero values, and stand in no input. */
const unsaid = {
  pullRequest: {
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_approving_review_count: 0,
    required_review_thread_resolution: false,
  },
  requiredStatusChecks: { do_not_enforce_on_create: false, strict_required_status_checks_policy: false },
} as const;

/** The list of rules that a request carries. */
export function toApiRules(rules: Rules): ApiRule[] {
  return order.flatMap((name) => {
    const rule = rules[name];
    if (rule === undefined || rule === false) return [];
    const parameters = parametersOf(name, rules);
    return [{ type: snakeCase(name), ...(parameters && { parameters }) }];
  });
}

function parametersOf(name: (typeof order)[number], rules: Rules): Record<string, unknown> | undefined {
  const rule = rules[name];
  if (name === "update") return { update_allows_fetch_and_merge: rules.updateAllowsFetchAndMerge };
  if (!isObject(rule)) return undefined;
  const zeros = name in unsaid ? unsaid[name as keyof typeof unsaid] : {};
  const parameters = { ...zeros, ...(renameKeys(rule, snakeCase) as Record<string, unknown>) } as Record<
    string,
    unknown
  >;
  if (name === "pullRequest") parameters["allowed_merge_methods"] ??= allMergeMethods;
  if (name === "requiredStatusChecks") {
    parameters["required_status_checks"] = rules.requiredStatusChecks?.requiredChecks.map((check) => ({
      context: check.context,
      ...(check.integrationId && { integration_id: check.integrationId }),
    }));
    delete parameters["required_checks"];
  }
  return parameters;
}

/** The object of rules for a list that GitHub answered; every switch is in it, on or off. */
export function fromApiRules(list: readonly ApiRule[]): Rules {
  const rules: Record<string, unknown> = Object.fromEntries(switches.map((name) => [name, false]));
  rules["updateAllowsFetchAndMerge"] = false;
  for (const { type, parameters } of list) {
    const name = camelCase(type);
    if ((switches as readonly string[]).includes(name)) rules[name] = true;
    if (!parameters) continue;
    const values = renameKeys(parameters, camelCase) as Record<string, unknown>;
    if (name === "update") rules["updateAllowsFetchAndMerge"] = values["updateAllowsFetchAndMerge"] === true;
    else if (name === "requiredStatusChecks") rules[name] = statusChecks(values);
    else rules[name] = values;
  }
  return rules as unknown as Rules;
}

function statusChecks(values: Record<string, unknown>): Record<string, unknown> {
  const { requiredStatusChecks, ...rest } = values;
  const checks = Array.isArray(requiredStatusChecks) ? requiredStatusChecks.filter(isObject) : [];
  return {
    doNotEnforceOnCreate: false,
    ...rest,
    requiredChecks: checks.map((check) => ({ context: check["context"], integrationId: check["integrationId"] ?? 0 })),
  };
}

function renameKeys(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renameKeys(item, rename));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [rename(key), renameKeys(child, rename)]));
}
