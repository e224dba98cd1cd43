/** What the program would change of what it has imported, as settings that keep it. */
import { variablesAt } from "../../infra/variables.ts";
import { isSecretByName } from "../../lib/secret-names.ts";
import { credentialIn } from "../../lib/token-formats.ts";
import { parsePath } from "../../providers/kit/path.ts";
import { oneLine } from "../report/values/clean.ts";
import type { Setting } from "./finding.ts";
import { isSame, type PlannedStep } from "./preview.ts";

/** What the engine shows in the place of a secret. */
const MASK = "[secret]";

const LONGEST_SHOWN = 100;

/** Variables that no key of the team's gives the site. */
const OWN_VARIABLES: ReadonlySet<string> = new Set(variablesAt("site", { errors: {}, site: { secretKey: "value" } }));

/** Properties that have a key of their own, by resource: another value there is a decision, not a detail. */
const KEYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  site: { image: "delivery:image.tag" },
  "repository-pipeline-file": { content: "delivery:repository.pipelineFile: observed" },
  "repository-dockerfile": { content: "delivery:repository.dockerfile: observed" },
};

/** A change that no key describes. */
export interface Unresolved {
  readonly resource: string;
  /** The property; undefined for a resource that would be made, replaced or deleted. */
  readonly property: string | undefined;
  readonly op: string;
  readonly before: unknown;
  readonly after: unknown;
  /** The key that would describe it. */
  readonly key: string | undefined;
}

/** What keeps the changes from happening, and what cannot be kept. */
export interface Description {
  readonly settings: readonly Setting[];
  readonly unresolved: readonly Unresolved[];
}

/**
 * Describes every change of a preview.
 * @param variables the site's variables, whose values the state encrypts.
 */
export function describeChanges(steps: readonly PlannedStep[], variables: ReadonlyMap<string, string>): Description {
  const settings: Setting[] = [];
  const unresolved: Unresolved[] = [];
  for (const step of steps.filter((one) => !isSame(one))) {
    if (step.op !== "update") {
      unresolved.push({ ...about(step), property: undefined, before: undefined, after: undefined, key: undefined });
      continue;
    }
    for (const path of new Set(step.paths.map(describable))) {
      const [first = "", ...rest] = path.split(".");
      const [before, after] = [at(step.before, path), at(step.after, path)];
      const key = KEYS[step.name]?.[first];
      const found = first === "environmentVariables" ? ownVariable(rest.join("."), variables) : (before ?? null);
      if (key || found === undefined || holdsSecret(found)) {
        unresolved.push({ ...about(step), property: path, before, after, key: key ?? variableKey(first, rest) });
      } else {
        const note = after === undefined ? "the chain leaves it out" : `the chain: ${shown(after)}`;
        settings.push({ key: `asFound.${step.name}.${path}`, value: found, note });
      }
    }
  }
  return { settings, unresolved };
}

/**
 * A value as messages and comments show it, in one line that is not too long. What its name or its shape takes for a
 * secret is not shown, whether it is encrypted or not.
 * @param name what it is the value of; the last part of a key counts.
 */
export function shown(value: unknown, name = ""): string {
  if (value === undefined) return "none";
  if (isSecret(value, name)) return "a secret";
  const text = oneLine(JSON.stringify(value));
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
}

/** Whether the value of this key is, or holds, a secret, encrypted or plain. */
export function isSecret(value: unknown, name: string): boolean {
  return holdsSecret(value) || looksSecret(value, name.split(".").at(-1) ?? "");
}

/** Whether a secret stands in it, at any depth. */
function looksSecret(value: unknown, name: string): boolean {
  if (typeof value === "string") return credentialIn(value) !== undefined || isSecretByName(name, value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => looksSecret(inner, Array.isArray(value) ? name : key));
}

function about({ name, op }: PlannedStep) {
  return { resource: name, op };
}

/** The property without what comes after an index: a list is described as a whole. */
function describable(path: string): string {
  const parts = parsePath(path);
  const index = parts.findIndex((part) => typeof part === "number");
  return (index < 0 ? parts : parts.slice(0, index)).join(".");
}

/** A variable that the chain sets itself is public; undefined for any other. */
function ownVariable(name: string, variables: ReadonlyMap<string, string>): string | null | undefined {
  return OWN_VARIABLES.has(name) ? (variables.get(name) ?? null) : undefined;
}

function variableKey(first: string, rest: readonly string[]): string | undefined {
  return first === "environmentVariables" ? `delivery:site.variables.${rest.join(".")}` : undefined;
}

function at(properties: Readonly<Record<string, unknown>>, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], properties);
}

function holdsSecret(value: unknown): boolean {
  return (JSON.stringify(value) ?? "").includes(MASK);
}
