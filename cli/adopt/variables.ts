/** Which of a site's variables the stack's file declares, and how. */
import { configurationSchema } from "../../infra/config-schema.ts";
import { VARIABLES, type VariableAt, variablesAt } from "../../infra/variables.ts";
import { settingAt } from "../../lib/schema-field.ts";
import { mayBeSecret } from "../../lib/secret-names.ts";
import type { Setting } from "./finding.ts";

/** What `image.port` is without being said. */
const DEFAULT_PORT = 8000;

const DECLARABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Variables that a key of its own sets, and how the key takes a value. */
const KEYS: Readonly<Record<string, { readonly key: string; value(text: string): unknown }>> = {
  PORT: { key: VARIABLES.PORT.key, value: Number },
  DJANGO_SETTINGS_MODULE: { key: VARIABLES.DJANGO_SETTINGS_MODULE.key, value: String },
};
const DSN = "SENTRY_DSN" satisfies VariableAt<"site">;

/** The variables by what becomes of them. */
export interface SortedVariables {
  /** Settings that a key of its own takes. */
  readonly settings: readonly Setting[];
  readonly plain: ReadonlyMap<string, string>;
  readonly secret: ReadonlyMap<string, string>;
  /** Names of those that the file cannot hold: they stay undeclared, as they are. */
  readonly left: readonly string[];
}

/**
 * Sorts them. Those that the chain sets itself, and the site's own secret key, are in none of the lists.
 * @param hasErrors whether the chain has a Sentry project: without one a DSN is a variable like others.
 */
export function sortVariables(variables: ReadonlyMap<string, string>, hasErrors: boolean): SortedVariables {
  const settings = Object.entries(KEYS).flatMap(([name, { key, value }]) => {
    const text = variables.get(name);
    const setting = text === undefined ? undefined : value(text);
    const isAccepted = settingAt(configurationSchema, key.split("."))?.safeParse(setting).success;
    return text !== undefined && isAccepted ? [{ name, key, value: setting }] : [];
  });
  const own = new Set<string>([
    // `site.secretKey: keep` leaves the secret key to the site.
    ...variablesAt("site", { errors: hasErrors ? {} : undefined }),
    ...settings.map(({ name }) => name),
  ]);
  const others = [...variables].filter(([name]) => !own.has(name));
  const declared = others.filter(([name, value]) => DECLARABLE.test(name) && value !== "");
  // The DSN of another Sentry may be one that logs in.
  const isSecret = ([name, value]: readonly [string, string]): boolean => mayBeSecret(name, value) || name === DSN;
  return {
    settings: settings.map(({ key, value }) => ({ key, value: value === DEFAULT_PORT ? undefined : value })),
    plain: new Map(declared.filter((variable) => !isSecret(variable))),
    secret: new Map(declared.filter(isSecret)),
    left: others.filter((variable) => !declared.includes(variable)).map(([name]) => name),
  };
}
