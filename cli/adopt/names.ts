/** The names by which everything is looked for. */

import { applicationPlace } from "../../infra/application/place.ts";
import { configurationSchema } from "../../infra/config-schema.ts";
import { settingAt } from "../../lib/schema-field.ts";
import { UserError } from "../user-error.ts";
import type { GivenNames, Names } from "./around.ts";
import type { Configured } from "./configured.ts";
import type { Setting } from "./finding.ts";

/** What the command line says of the application. */
export interface GivenApplication {
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
  readonly path?: string | undefined;
}

/** From the command line, the stack's file, and what follows from these. Throws UserError when nothing names the application. */
export function resolveNames(
  given: GivenNames & GivenApplication,
  configured: Configured,
  stack: string,
  env: NodeJS.ProcessEnv,
): Names {
  const named = given.repository === "off" ? undefined : given.repository;
  const [owner, repository] = named?.split("/") ?? [];
  if (named !== undefined && !repository)
    throw new UserError(`"${named}" names no repository.`, "Write --repository owner/name, as GitHub does.");
  const text = (key: string): string | undefined => configured(key) as string | undefined;
  const application = checked(
    "application.name",
    given.application ?? text("application.name") ?? repository?.toLowerCase(),
    "--application",
  );
  return {
    application,
    environment: checked(
      "environment",
      given.environment ?? text("environment") ?? (stack === "prod" ? "production" : stack),
      "--environment",
    ),
    owner: owner ?? text("github:owner") ?? env["GITHUB_OWNER"],
    repository: repository ?? text("repository.name") ?? application,
    folder: applicationPlace({
      application: { path: pathOf(given, configured, repository ?? application) },
      pipeline: { workingDirectory: text("pipeline.workingDirectory") },
    }).workingDirectory,
  };
}

/** What the file says of the application itself. */
export function nameSettings(
  { application, environment, repository }: Names,
  given: GivenApplication,
  configured: Configured,
  stack: string,
): Setting[] {
  const isProduction = configured("production") === undefined && environment === "production";
  return [
    { key: "application.name", value: application },
    { key: "application.path", value: pathOf(given, configured, repository) },
    ...(environment === stack ? [] : [{ key: "environment", value: environment }]),
    ...(isProduction ? [{ key: "production", value: true, note: "what holds data is protected" }] : []),
  ];
}

function pathOf(given: GivenApplication, configured: Configured, repository: string): string {
  return given.path ?? (configured("application.path") as string | undefined) ?? `../${repository}`;
}

function checked(key: string, name: string | undefined, flag: string): string {
  if (name !== undefined && settingAt(configurationSchema, key.split("."))?.safeParse(name).success) return name;
  throw new UserError(
    name === undefined ? "Nothing says what to look for." : `"${name}" cannot be ${key}.`,
    `Give ${flag} a name in lower-case letters, digits and dashes, or --repository owner/name, or a stack's file by \`npx --no delivery init\`.`,
  );
}
