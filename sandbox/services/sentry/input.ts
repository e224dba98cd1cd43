/** Reads a request's JSON body as Sentry (Django REST framework) does. */
import type { Context } from "hono";
import type { z } from "zod";
import { VendorError } from "../core/vendor-error.ts";
import { type FieldErrors, invalid } from "./errors.ts";

const NON_FIELD = "non_field_errors";

/** The body, checked against a schema; no body counts as `{}`. Throws 400 with every problem by field. */
export async function readBody<T extends z.ZodType>(c: Context, schema: T): Promise<z.output<T>> {
  const text = await c.req.text();
  const parsed = schema.safeParse(text === "" ? {} : parseJson(text), { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalid(byField(parsed.error.issues));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new VendorError(400, { detail: `JSON parse error - ${reason}` });
  }
}

interface Tree {
  [field: string]: string[] | Tree;
}

function byField(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  const tree: Tree = {};
  for (const issue of issues) {
    const path = issue.path.length > 0 ? issue.path.map(String) : [NON_FIELD];
    let node = tree;
    for (const name of path.slice(0, -1)) {
      const below = node[name];
      const next: Tree = below && !Array.isArray(below) ? below : {};
      node[name] = next;
      node = next;
    }
    const last = path.at(-1) ?? NON_FIELD;
    const present = node[last];
    node[last] = [...(Array.isArray(present) ? present : []), describeIssue(issue)];
  }
  return tree;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === "custom" || issue.code === "invalid_format") return issue.message;
  if (issue.input === undefined) return "This field is required.";
  if (issue.input === null) return "This field may not be null.";
  switch (issue.code) {
    case "too_small":
      if (issue.origin === "array") return issue.message;
      if (issue.origin !== "string") return `Ensure this value is greater than or equal to ${issue.minimum}.`;
      return "This field may not be blank.";
    case "too_big":
      if (issue.origin !== "string") return `Ensure this value is less than or equal to ${issue.maximum}.`;
      return `Ensure this field has no more than ${issue.maximum} characters.`;
    case "invalid_value":
      return `"${String(issue.input)}" is not a valid choice.`;
    case "invalid_type":
      return wrongType(issue.expected);
    default:
      return issue.message;
  }
}

function wrongType(expected: string): string {
  switch (expected) {
    case "int":
    case "number":
      return "A valid integer is required.";
    case "boolean":
      return "Must be a valid boolean.";
    case "array":
      return "Expected a list of items.";
    case "object":
      return "Invalid data. Expected a dictionary.";
    default:
      return "Not a valid string.";
  }
}
