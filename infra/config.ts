/** The stack's configuration, from the engine's raw values to one validated, typed object. */
import { getProject, getStack, runtime } from "@pulumi/pulumi";
import type { z } from "zod";
import {
  configurationError,
  type Problem,
  removeCommand,
  schemaProblems,
  setSecretCommand,
} from "../lib/configuration-problems.ts";
import { configurationSchema } from "./config-schema.ts";
import { brokenInvariants, missingTokens, sharedFromProblems } from "./invariants.ts";
import type { Shared } from "./shared-parts.ts";

/** Keys that may hold a secret. Elsewhere the program could not tell which leaf is one, and would show it. */
const SECRET_KEYS = ["image", "secretVariables"];

/** What the program is told to declare. A part that is `off` is undefined. */
export type Configuration = ReturnType<typeof complete>;

/** The settings of one part that is on. */
export type PartOf<Name extends "repository" | "pipeline" | "image" | "errors" | "site"> = NonNullable<
  Configuration[Name]
>;

/** The stack that this one's environment is built on; undefined when it declares the shared parts itself. */
export function sharedStack(): string | undefined {
  const { declares, sharedFrom } = rawConfiguration();
  return declares === "environment" && typeof sharedFrom === "string" ? sharedFrom : undefined;
}

/**
 * Reads, checks and completes the stack's configuration.
 * @param shared what was read from the stack that this one's environment is built on.
 * @throws RunError with every problem at once: of single values, of missing tokens, and of what does not agree.
 */
export function loadConfiguration(environment: NodeJS.ProcessEnv, shared?: Shared<string>): Configuration {
  const raw = shared ? onShared(rawConfiguration(), shared) : rawConfiguration();
  const problems = [
    ...misplacedKeys(),
    ...misplacedSecrets(),
    ...sharedFromProblems(raw),
    ...missingTokens(raw, environment),
  ];
  const parsed = configurationSchema.safeParse(raw);
  if (!parsed.success) problems.push(...schemaProblems("delivery", configurationSchema, raw, parsed.error));
  const configuration = parsed.data && complete(parsed.data);
  if (configuration) problems.push(...brokenInvariants(configuration, environment));
  if (!configuration || problems.length > 0) throw configurationError(getStack(), problems);
  return configuration;
}

/** The values under `delivery:` as plain data. Read raw: the SDK's Config warns of each secret that is read as plain. */
function rawConfiguration(): Record<string, unknown> {
  const values = Object.entries(runtime.allConfig()).filter(([key]) => key.startsWith("delivery:"));
  const named = values.map(([key, value]) => [key.slice("delivery:".length), parsedValue(value)]);
  return { environment: getStack(), ...Object.fromEntries(named) };
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

function parsedValue(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Keys without a namespace land in the project's own, which is another one in a project of another name. */
function misplacedKeys(): Problem[] {
  const ignored = (key: string): boolean => key.startsWith(`${getProject()}:`) && !key.startsWith("delivery:");
  const problem = "is not read: the chain's keys start with `delivery:`, whatever the project's name";
  const keys = Object.keys(runtime.allConfig()).filter(ignored);
  return keys.map((key) => ({ key, problem, mend: removeCommand(key) }));
}

function misplacedSecrets(): Problem[] {
  const { isConfigSecret } = runtime as unknown as { isConfigSecret(key: string): boolean };
  const allowed = SECRET_KEYS.map((name) => `delivery:${name}`);
  return Object.keys(runtime.allConfig())
    .filter((key) => key.startsWith("delivery:") && isConfigSecret(key) && !allowed.includes(key))
    .map((key) => ({
      key,
      problem: "holds a secret, which would be shown; the site's secrets have a place of their own",
      mend: setSecretCommand("delivery:secretVariables.NAME"),
    }));
}

/** Fills in the names that follow from others. */
function complete(parsed: z.output<typeof configurationSchema>) {
  const { application, environment, declares, repository, pipeline, errors, site } = parsed;
  const inEnvironment = `${application.name}-${environment}`;
  // A stack of shared parts has no environment whose context its pipeline could take.
  const ownContext = declares === "shared" ? undefined : inEnvironment;
  return {
    ...parsed,
    protect: parsed.protect ?? parsed.production,
    repository: repository && { ...repository, name: repository.name ?? application.name },
    pipeline: pipeline && {
      ...pipeline,
      context: pipeline.context === "off" ? undefined : (pipeline.context ?? ownContext),
    },
    errors: errors && { ...errors, team: errors.team ?? application.name, project: errors.project ?? application.name },
    site: site && { ...site, name: site.name ?? inEnvironment },
  };
}
