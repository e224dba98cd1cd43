/** What is wrong with a stack's configuration, told all at once: key, problem, and what mends it. */
import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
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
  return `pulumi config set --path '${key}' ${example} --plaintext`;
}

/** The command that sets a key that holds a secret. The engine asks for it, so that it never stands in a shell's history. */
export function setSecretCommand(key: string): string {
  return `pulumi config set --secret --path '${key}'`;
}

/** The command that removes a key. */
export function removeCommand(key: string): string {
  return `pulumi config rm --path '${key}'`;
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
  const keyOf = ([first = "", ...rest]: Path): string =>
    `${namespace}:${String(first)}${rest.map((name) => (typeof name === "number" ? `[${name}]` : `.${String(name)}`)).join("")}`;

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
    const problem = issue.code === "invalid_type" ? wrongType(input, path, issue.expected, notes) : issue.message;
    return [{ key, problem, mend: notes?.secret ? setSecretCommand(key) : setCommand(key, notes?.example) }];
  };
  return error.issues.flatMap((issue) => problemsOf(issue, []));
}

function wrongType(input: unknown, path: Path, expected: string, notes: FieldNotes | undefined): string {
  const step = (value: unknown, name: PropertyKey) => (value as Record<PropertyKey, unknown> | undefined)?.[name];
  const wanted =
    { object: "a map", record: "a map", array: "a list", int: "a whole number" }[expected] ?? `a ${expected}`;
  const what = path.reduce(step, input) === undefined ? "is missing" : `is not ${wanted}`;
  return notes ? `${what}: ${notes.description}` : what;
}

/** What may have been meant by a name that `schema` does not know at `path`. */
export function suggestion(schema: z.ZodType, path: Path, name: string): string {
  const known = Object.keys((fieldAt(schema, path) as z.ZodObject | undefined)?.shape ?? {});
  const near = known.length > 0 ? closest(name, known) : "";
  return distance(name, near) <= 3 ? `did you mean ${near}?` : `known are ${known.join(", ")}`;
}
