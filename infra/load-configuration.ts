/** Reads the stack's configuration: from the engine's raw values to one validated object. */
import { existsSync, readFileSync } from "node:fs";
import { getStack } from "@pulumi/pulumi";
import type { z } from "zod";
import { configurationError } from "../lib/configuration-error.ts";
import { type Problem, schemaProblems, withoutRefused } from "../lib/configuration-problems.ts";
import { missingTokens } from "../lib/missing-tokens.ts";
import { inProject } from "../lib/project-folder.ts";
import { isUnconfigured, misplacedKeys, misplacedSecrets, rawConfiguration } from "../lib/raw-configuration.ts";
import { unquotedProblems } from "../lib/unquoted-values.ts";
import { type Configuration, complete } from "./config.ts";
import { configurationSchema, removedKeys } from "./config-schema.ts";
import { brokenInvariants, sharedFromProblems } from "./invariants.ts";
import { partTokens } from "./parts.ts";
import type { Shared } from "./shared-parts.ts";

/** Keys that may hold a secret. */
const SECRET_KEYS = ["image", "secretVariables"];

/** The stack that this one's environment is built on; undefined when it declares the shared parts itself. */
export function sharedStack(): string | undefined {
  const { declares, sharedFrom } = rawConfiguration("delivery");
  return declares === "environment" && typeof sharedFrom === "string" ? sharedFrom : undefined;
}

/** A configuration and what is wrong with it. */
export interface CheckedConfiguration {
  /** Complete; what the schema refuses is left out of it. Undefined when there is too little to tell anything by. */
  readonly configuration: Configuration | undefined;
  /** Every problem: of single values, of missing tokens, and of what does not agree. */
  readonly problems: readonly Problem[];
}

/**
 * Reads, checks and completes the stack's configuration.
 * @param shared what was read from the stack that this one's environment is built on.
 * @throws RunError with every problem at once.
 */
export function loadConfiguration(environment: NodeJS.ProcessEnv, shared?: Shared<string>): Configuration {
  const { configuration, problems } = checkConfiguration(environment, shared);
  if (!configuration || problems.length > 0) throw configurationError(getStack(), problems);
  return configuration;
}

/** The same without an end: for whoever tells more than the problems. */
export function checkConfiguration(environment: NodeJS.ProcessEnv, shared?: Shared<string>): CheckedConfiguration {
  const given = rawConfiguration("delivery");
  if (isUnconfigured("delivery")) return { configuration: undefined, problems: [noStackFile(environment)] };
  const raw = shared ? onShared(given, shared) : given;
  const problems = [
    ...misplacedKeys("delivery"),
    ...misplacedSecrets("delivery", SECRET_KEYS, "delivery:secretVariables.NAME"),
    ...sharedFromProblems(raw),
    ...missingTokens(partTokens(), raw, environment),
  ];
  const parsed = configurationSchema.safeParse(raw);
  const accepted = parsed.data ?? acceptedOf(raw, parsed.error);
  problems.push(...unquotedProblems("delivery", configurationSchema, raw, textOf(stackFile(environment))));
  if (!parsed.success)
    problems.push(...schemaProblems("delivery", configurationSchema, raw, parsed.error, removedKeys));
  const configuration = accepted && complete(accepted);
  // What was left out is told already, and nothing that follows from it.
  const told = problems.map(({ key }) => key);
  const broken = configuration ? brokenInvariants(configuration, environment, shared) : [];
  const isTold = ({ key }: Problem): boolean => told.some((other) => other === key || other.startsWith(`${key}.`));
  problems.push(...broken.filter((problem) => !isTold(problem)));
  return { configuration, problems };
}

/** What the schema takes of refused settings: without the refused values, and without the parts that lack one. */
function acceptedOf(raw: Record<string, unknown>, error: z.ZodError | undefined) {
  const without = withoutRefused(raw, error) as Record<string, unknown>;
  const again = configurationSchema.safeParse(without);
  if (again.success) return again.data;
  const lacking = again.error.issues.map(({ path: [part] }) => [part, "off"]);
  return configurationSchema.safeParse({ ...without, ...Object.fromEntries(lacking) }).data;
}

/** The engine takes a stack's file that is not there for an empty one. */
function noStackFile(environment: NodeJS.ProcessEnv): Problem {
  return {
    key: stackFile(environment),
    problem: "is not there, or has no key that starts with `delivery:`",
    mend: `npx --no delivery init ${getStack()}`,
  };
}

/** The stack's file as the Pulumi CLI is told of it, from this project's folder. */
function stackFile(environment: NodeJS.ProcessEnv): string {
  return environment["PULUMI_OPTION_CONFIG_FILE"] || `Pulumi.${getStack()}.yaml`;
}

/** Empty when the values come from elsewhere. */
function textOf(file: string): string {
  const path = inProject(file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** What the shared parts decide is taken from them: where an environment's own parts live, and which can be on. */
function onShared(raw: Record<string, unknown>, { pipeline, errors, hosting }: Shared<string>) {
  const living = (settings: unknown = {}, where: object | undefined): unknown => {
    if (!where) return "off";
    return typeof settings === "object" ? { ...settings, ...where } : settings;
  };
  return {
    ...raw,
    repository: "off",
    pipeline: living(raw["pipeline"], pipeline && { organization: pipeline.organization }),
    errors: living(raw["errors"], errors && { organization: errors.organization }),
    site: living(raw["site"], hosting && { ownerId: hosting.ownerId }),
  };
}
