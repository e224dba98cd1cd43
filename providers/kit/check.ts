/** Check: validates inputs against the definition and completes them with defaults. */
import type { z } from "zod";
import { nearest, unknownKeys, withDefaults } from "./keys.ts";
import { formatPath, isWithin, type Path } from "./path.ts";
import { redactor } from "./redact.ts";
import type { CheckFailure, Properties } from "./resource.ts";
import { findSecrets, markSecrets } from "./secrets.ts";
import { shapeOf } from "./shape.ts";
import { isTree, type PropertyTree, plain, reveal, Secret, UNKNOWN } from "./values.ts";

/** What decides whether inputs are right; a resource, a function or a provider's configuration. */
export interface Rules {
  readonly schema: z.ZodObject;
  readonly secrets?: readonly string[] | undefined;
  readonly renamed?: Readonly<Record<string, string>> | undefined;
  readonly complete?: ((inputs: Properties) => Properties) | undefined;
  readonly check?: ((inputs: Properties) => CheckFailure[]) | undefined;
}

/** Inputs with defaults and secret marks, and everything that is wrong with them. */
export interface CheckResult {
  readonly inputs: PropertyTree;
  readonly failures: readonly CheckFailure[];
}

/** Validates a property tree. All failures at once; what is unknown yet is not judged. */
export function checkInputs(rules: Rules, given: PropertyTree): CheckResult {
  const shape = shapeOf(rules.schema);
  const defaulted = withDefaults(shape, given) as PropertyTree;
  const completed = { ...rules.complete?.(wellTyped(rules.schema, defaulted)), ...defaulted };
  const inputs = markSecrets(completed, { paths: [], values: new Set() }, rules.secrets);
  const failures = [
    ...unknownKeys(shape, inputs, rules.renamed),
    ...schemaFailures(rules.schema, inputs),
    ...(rules.check?.(wellTyped(rules.schema, inputs)) ?? []),
  ];
  const redact = redactor(findSecrets(inputs).values);
  const readable = failures.map(({ property, reason }) => ({ property, reason: redact(reason) }));
  return { inputs, failures: readable.map((failure) => withoutValue(failure, given, rules.secrets ?? [])) };
}

/**
 * The engine prints the value of a failing property. A secret that was passed in plain form, or under a misspelt
 * name, is kept out of that by naming the property in the reason only.
 */
function withoutValue(failure: CheckFailure, given: PropertyTree, secrets: readonly string[]): CheckFailure {
  const { property, reason } = failure;
  const value = given[property];
  if (value === undefined || value instanceof Secret || !nearest(property, secrets)) return failure;
  return { property: "", reason: `${property}: ${reason}` };
}

function schemaFailures(schema: z.ZodObject, inputs: PropertyTree): CheckFailure[] {
  return issuesOf(schema, inputs).map((issue) => ({
    property: formatPath(issue.path as Path),
    reason: reasonOf(issue),
  }));
}

/** The inputs as a definition's own rules may see them: a property that is not as the schema says is absent. */
function wellTyped(schema: z.ZodObject, inputs: PropertyTree): PropertyTree {
  const wrong = new Set(issuesOf(schema, inputs).map(({ path }) => path[0]));
  return Object.fromEntries(Object.entries(plain(inputs)).filter(([name]) => !wrong.has(name)));
}

/** What is not as the schema says, apart from unknown keys and what depends on a value that is not known yet. */
function issuesOf(schema: z.ZodObject, inputs: PropertyTree): readonly z.core.$ZodIssue[] {
  const unknowns: Path[] = [];
  const issues = schema.safeParse(withoutUnknowns(inputs, [], unknowns)).error?.issues ?? [];
  return issues.filter(
    (issue) => issue.code !== "unrecognized_keys" && !dependsOnUnknown(issue.path as Path, unknowns),
  );
}

/** An unknown makes what is said of it, and of anything that holds it, unreliable. */
function dependsOnUnknown(path: Path, unknowns: readonly Path[]): boolean {
  return unknowns.some((unknown) => isWithin(unknown, path));
}

function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) {
    return `is required (${issue.expected})`;
  }
  return issue.message.replace(/^Invalid (input|option): /, "");
}

function withoutUnknowns(value: unknown, path: Path, unknowns: Path[]): unknown {
  const bare = reveal(value);
  if (bare === UNKNOWN) {
    unknowns.push(path);
    return undefined;
  }
  if (Array.isArray(bare)) return bare.map((item, index) => withoutUnknowns(item, [...path, index], unknowns));
  if (!isTree(bare)) return bare;
  return Object.fromEntries(
    Object.entries(bare).map(([key, child]) => [key, withoutUnknowns(child, [...path, key], unknowns)]),
  );
}
