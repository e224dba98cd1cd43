/** What is wrong with a stack's configuration, told all at once: key, problem, and what mends it. */
import { RunError } from "@pulumi/pulumi";
import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import type { FieldNotes } from "./config-fields.ts";

/** One problem. It never holds a value, so it cannot show a secret. */
export interface Problem {
  /** The configuration key, or the environment variable. */
  readonly key: string;
  readonly problem: string;
  /** The command that mends it, or what to do. */
  readonly mend: string;
}

/** The command that sets `key`; the engine asks for a secret's value, so it never stands in a shell's history. */
export function setCommand(key: string, notes: Partial<FieldNotes> = {}): string {
  const option = notes.secret ? "--secret --path" : "--path";
  return `pulumi config set ${option} '${key}'${notes.secret ? "" : ` ${notes.example ?? "VALUE"}`}`;
}

/** An error that ends the program with all problems and without a stack trace. */
export function configurationError(stack: string, problems: readonly Problem[]): RunError {
  const listed = problems.map(({ key, problem, mend }) => `  ${key} ${problem}\n      ${mend}`);
  const title = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  return new RunError(
    `The configuration of stack "${stack}" has ${title}. Nothing was changed.\n\n${listed.join("\n")}\n`,
  );
}

/** The problems behind an error of the schema for the input that it refused. */
export function schemaProblems(schema: z.ZodType, error: z.ZodError, input: unknown): Problem[] {
  return error.issues.flatMap((issue) => issueProblems(schema, issue, [], input));
}

type Path = readonly PropertyKey[];

function issueProblems(schema: z.ZodType, issue: z.core.$ZodIssue, above: Path, input: unknown): Problem[] {
  const path = [...above, ...issue.path];
  const key = keyOf(path);
  const notes = fieldAt(schema, path)?.meta() as FieldNotes | undefined;
  switch (issue.code) {
    case "invalid_union":
      return (issue.errors.at(-1) ?? []).flatMap((inner) => issueProblems(schema, inner, path, input));
    case "unrecognized_keys":
      return issue.keys.map((name) => unknownKey(schema, path, name));
    case "invalid_key":
      return [{ key, problem: issue.issues[0]?.message ?? issue.message, mend: `pulumi config rm --path '${key}'` }];
    case "invalid_type":
      return [{ key, problem: wrongType(path, input, issue.expected, notes), mend: setCommand(key, notes) }];
    default:
      return [{ key, problem: issue.message, mend: setCommand(key, notes) }];
  }
}

function wrongType(path: Path, input: unknown, expected: string, notes: FieldNotes | undefined): string {
  const value = path.reduce<unknown>(
    (inner, name) => (inner as Record<PropertyKey, unknown> | undefined)?.[name],
    input,
  );
  const what = notes ? `: ${notes.description}` : "";
  return value === undefined
    ? `is missing${what}`
    : `is not ${{ object: "a map", int: "a whole number" }[expected] ?? expected}${what}`;
}

function unknownKey(schema: z.ZodType, path: Path, name: string): Problem {
  const key = keyOf([...path, name]);
  const known = Object.keys((fieldAt(schema, path) as z.ZodObject | undefined)?.shape ?? {});
  const near = known.length > 0 ? closest(name, known) : undefined;
  const suggestion = near && distance(name, near) <= 3 ? `did you mean \`${near}\`?` : `known are ${known.join(", ")}.`;
  return { key, problem: `is not known; ${suggestion}`, mend: `pulumi config rm --path '${key}'` };
}

function keyOf([first = "", ...rest]: Path): string {
  const inner = rest.map((name) => (typeof name === "number" ? `[${name}]` : `.${String(name)}`));
  return `delivery:${String(first)}${inner.join("")}`;
}

/** The schema of the field at `path`, inside whatever wraps it. */
function fieldAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  const [name, ...rest] = path;
  const inner = unwrapped(schema, name === undefined);
  if (name === undefined) return inner;
  if (inner instanceof z.ZodObject)
    return inner.shape[name as string] && fieldAt(inner.shape[name as string] as z.ZodType, rest);
  if (inner instanceof z.ZodRecord) return fieldAt(inner.valueType as z.ZodType, rest);
  if (inner instanceof z.ZodArray) return fieldAt(inner.element as z.ZodType, rest);
  return undefined;
}

function unwrapped(schema: z.ZodType, untilNotes: boolean): z.ZodType {
  if (untilNotes && schema.meta()) return schema;
  if (schema instanceof z.ZodUnion) return unwrapped(schema.options.at(-1) as z.ZodType, untilNotes);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return unwrapped(schema.unwrap() as z.ZodType, untilNotes);
  return schema;
}
