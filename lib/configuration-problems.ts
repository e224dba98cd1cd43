/** What is wrong with a stack's configuration, told all at once: key, problem, and what mends it. */
import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import type { FieldNotes } from "./configuration-fields.ts";
import { fieldAt, notesAt } from "./schema-field.ts";

/** One problem. It never holds a configured value, so it cannot show a secret. */
export interface Problem {
  /** The configuration key, or the environment variable. */
  readonly key: string;
  readonly problem: string;
  /** The command that mends it, or what to do. */
  readonly mend: string;
}

type Path = readonly PropertyKey[];

/** The command that sets a key. Without `--plaintext` the engine refuses some keys that look like a secret's. */
export function setCommand(key: string, example = "VALUE"): string {
  return `npm run pulumi -- config set --path '${key}' ${example} --plaintext`;
}

/** The command that sets several keys. */
export function setCommands(keys: readonly string[]): string {
  const [only] = keys;
  if (only !== undefined && keys.length === 1) return setCommand(only);
  return `npm run pulumi -- config set-all --path ${keys.map((key) => `--plaintext '${key}'=VALUE`).join(" ")}`;
}

/** The command that sets a key that holds a secret. The engine asks for it, so that it never stands in a shell's history. */
export function setSecretCommand(key: string): string {
  return `npm run pulumi -- config set --secret --path '${key}'`;
}

/** The command that removes a key. */
export function removeCommand(key: string): string {
  return `npm run pulumi -- config rm --path '${key}'`;
}

/**
 * The problems behind the error with which `schema` refused `input`, with the keys of `namespace`.
 * @param removed what to say of keys that were once known.
 */
export function schemaProblems(
  namespace: string,
  schema: z.ZodType,
  input: unknown,
  error: z.ZodError,
  removed: Readonly<Record<string, string>> = {},
): Problem[] {
  const keyOf = (path: Path): string => keyAt(namespace, path);
  const problemsOf = (issue: z.core.$ZodIssue, above: Path): Problem[] => {
    const path = [...above, ...issue.path];
    const key = keyOf(path);
    // The last choice is the settings; the others are words such as `off`.
    if (issue.code === "invalid_union") return (issue.errors.at(-1) ?? []).flatMap((inner) => problemsOf(inner, path));
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((name) => {
        const unknown = keyOf([...path, name]);
        return {
          key: unknown,
          problem: removed[unknown] ?? `is not known; ${suggestion(schema, path, name)}`,
          mend: removeCommand(unknown),
        };
      });
    if (issue.code === "invalid_key")
      return [{ key, problem: issue.issues[0]?.message ?? issue.message, mend: removeCommand(key) }];
    const notes = notesAt(schema, path);
    const given = valueAt(input, path);
    if (typeof given === "number" && issue.code === "invalid_type" && issue.expected === "string")
      return [{ key, problem: "is read as a number, which loses how it is written", mend: IN_QUOTES }];
    const problem = issue.code === "invalid_type" ? wrongType(given, issue.expected, notes) : issue.message;
    const set = fixOf(schema, path, key, given);
    const remove = removeCommand(key);
    const isEmpty = given === null || given === "";
    const mend = isEmpty && !set.includes(remove) ? `${set}   or leave it out: ${remove}` : set;
    return [{ key, problem, mend }];
  };
  return error.issues.flatMap((issue) => problemsOf(issue, []));
}

/** A copy of `input` without the values that a schema has refused, so that the rest can be judged. */
export function withoutRefused(input: unknown, error: z.ZodError | undefined): unknown {
  const copy = structuredClone(input);
  for (const issue of error?.issues ?? []) {
    const keys = issue.code === "unrecognized_keys" ? issue.keys : [undefined];
    for (const key of keys) {
      const path = key === undefined ? issue.path : [...issue.path, key];
      const holder = valueAt(copy, path.slice(0, -1));
      if (path.length > 0 && typeof holder === "object" && holder !== null)
        Reflect.deleteProperty(holder, path.at(-1) ?? "");
    }
  }
  return copy;
}

/** The command that gives a key a value of its kind. */
function fixOf(schema: z.ZodType, path: Path, key: string, given: unknown): string {
  const field = fieldAt(schema, path);
  const notes = notesAt(schema, path);
  if (notes?.secret) return setSecretCommand(key);
  if (field instanceof z.ZodArray) {
    const set = setCommand(`${key}[0]`, notesAt(schema, [...path, 0])?.example);
    // The Pulumi CLI makes a list for its first item, though not in the place of something else.
    return given === undefined || Array.isArray(given) ? set : `${removeCommand(key)} && ${set}`;
  }
  // A map is set by what stands below it only.
  const isMap = field instanceof z.ZodObject || field instanceof z.ZodRecord;
  return isMap && given !== undefined ? removeCommand(key) : setCommand(key, notes?.example);
}

/** What keeps a value as it is written. */
export const IN_QUOTES = "write it in quotes in the stack's file";

/** The key at a path, as the Pulumi CLI writes it: a name that a path would be split at stands in quotes. */
export function keyAt(namespace: string, path: Path): string {
  const steps = path.map((name, index) => {
    if (typeof name === "number") return `[${name}]`;
    const text = String(name);
    if (/[.[\]"]/.test(text)) return `[${JSON.stringify(text)}]`;
    return index === 0 ? text : `.${text}`;
  });
  return `${namespace}:${steps.join("")}`;
}

/** The value at a path; undefined when there is none. */
export function valueAt(input: unknown, path: Path): unknown {
  return path.reduce((value, name) => (value as Record<PropertyKey, unknown> | null | undefined)?.[name], input);
}

function wrongType(given: unknown, expected: string, notes: FieldNotes | undefined): string {
  const wanted =
    { object: "a map", record: "a map", array: "a list", int: "a whole number" }[expected] ?? `a ${expected}`;
  const what = given === undefined ? "is missing" : given === null ? "is empty" : `is not ${wanted}`;
  return notes ? `${what}: ${notes.description}` : what;
}

/** What may have been meant by a name that `schema` does not know at `path`. */
export function suggestion(schema: z.ZodType, path: Path, name: string): string {
  const known = Object.keys((fieldAt(schema, path) as z.ZodObject | undefined)?.shape ?? {});
  const near = known.length > 0 ? closest(name, known) : "";
  return distance(name, near) <= 3 ? `did you mean ${near}?` : `known are ${known.join(", ")}`;
}
