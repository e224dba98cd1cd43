/** Settings that say no more than the program does without them. */
import { isDeepStrictEqual } from "node:util";
import { configurationSchema } from "../../infra/config-schema.ts";
import { settingAt } from "../../lib/schema-field.ts";
import type { Around } from "./around.ts";
import type { Setting } from "./finding.ts";

/** The resource by which a part is in the state. */
const RESOURCES: Readonly<Record<string, string>> = {
  repository: "repository",
  pipeline: "pipeline",
  image: "site",
  errors: "errors-project",
  site: "site",
  database: "database",
  cache: "cache",
};

/**
 * The settings without those that a stack which has the part already leaves to the program. A part that is new to the
 * stack is described in full.
 */
export function withoutDefaults(around: Around, settings: readonly Setting[]): Setting[] {
  return settings.filter((setting) => !isLeftToProgram(around, setting));
}

function isLeftToProgram(around: Around, { key, value }: Setting): boolean {
  const path = key.split(".");
  const resource = RESOURCES[path[0] ?? ""];
  if (resource === undefined || !around.isInState(resource) || around.configured(key) !== undefined) return false;
  // Below what is off the program has no defaults.
  const isBelowOff = path.some((_, depth) => typeof around.configured(path.slice(0, depth).join(".")) === "string");
  return !isBelowOff && isDeepStrictEqual(value, defaultOf(around, key));
}

function defaultOf({ names: { application, environment } }: Around, key: string): unknown {
  const named: Readonly<Record<string, string>> = {
    "pipeline.context": `${application}-${environment}`,
    "errors.team": application,
    "errors.project": application,
    "database.name": `${application}-${environment}`,
    "cache.name": `${application}-${environment}`,
  };
  return named[key] ?? settingAt(configurationSchema, key.split("."))?.safeParse(undefined).data;
}
