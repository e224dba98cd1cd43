/** The stack's configuration, from the engine's raw values to one validated, typed object. */
import { getStack, runtime } from "@pulumi/pulumi";
import type { z } from "zod";
import { configurationSchema } from "./config-schema.ts";
import { brokenInvariants, missingTokens } from "./invariants.ts";
import { configurationError, type Problem, schemaProblems } from "./problems.ts";

/** Keys that may hold a secret. Elsewhere the program could not tell which leaf is one, and would show it. */
const SECRET_KEYS = ["image", "secretVariables"];

/** What the program is told to declare. A part that is `off` is undefined. */
export type Configuration = ReturnType<typeof complete>;

/** The settings of one part that is on. */
export type PartOf<Name extends "repository" | "pipeline" | "image" | "errors" | "site"> = NonNullable<
  Configuration[Name]
>;

/**
 * Reads, checks and completes the stack's configuration.
 * @throws RunError with every problem at once: the schema's, the missing tokens, and what does not agree between services.
 */
export function loadConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const { raw, problems } = rawConfiguration();
  problems.push(...missingTokens(raw, environment));
  const parsed = configurationSchema.safeParse(raw);
  if (!parsed.success) problems.push(...schemaProblems(configurationSchema, parsed.error, raw));
  const configuration = parsed.success ? complete(parsed.data) : undefined;
  if (configuration) problems.push(...brokenInvariants(configuration, environment));
  if (!configuration || problems.length > 0) throw configurationError(getStack(), problems);
  return configuration;
}

/** The values under `delivery:` as plain data. Read raw: the SDK's Config warns of secrets that are read as plain. */
function rawConfiguration(): { raw: Record<string, unknown>; problems: Problem[] } {
  const raw: Record<string, unknown> = { environment: getStack() };
  const problems: Problem[] = [];
  const { isConfigSecret } = runtime as unknown as { isConfigSecret(key: string): boolean };
  for (const [key, value] of Object.entries(runtime.allConfig())) {
    const name = key.startsWith("delivery:") ? key.slice("delivery:".length) : undefined;
    if (name === undefined) continue;
    raw[name] = parsedValue(value);
    if (!isConfigSecret(key) || SECRET_KEYS.includes(name)) continue;
    problems.push({
      key,
      problem: "holds a secret, which would be shown here",
      mend: "move it: pulumi config set --secret --path 'delivery:secretVariables.NAME'",
    });
  }
  return { raw, problems };
}

function parsedValue(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Fills in the names that follow from others. */
function complete(parsed: z.output<typeof configurationSchema>) {
  const { application, environment, repository, pipeline, errors, site } = parsed;
  const inEnvironment = `${application.name}-${environment}`;
  return {
    ...parsed,
    protect: parsed.protect ?? parsed.production,
    repository: repository && { ...repository, name: repository.name ?? application.name },
    pipeline: pipeline && { ...pipeline, contextName: inEnvironment },
    errors: errors && { ...errors, team: errors.team ?? application.name, project: errors.project ?? application.name },
    site: site && { ...site, name: site.name ?? inEnvironment },
  };
}
