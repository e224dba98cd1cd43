/** Reads a request's JSON body as GitHub does. */
import type { Context } from "hono";
import type { z } from "zod";
import { VendorError } from "../core/vendor-error.ts";
import { type DocumentationPage, invalidRequest } from "./errors.ts";

/**
 * The body, checked against a schema; no body counts as `{}`.
 * Throws 400 for what is not JSON and 422 with every problem for what does not fit.
 */
export async function readBody<T extends z.ZodType>(
  c: Context,
  schema: T,
  page?: DocumentationPage,
): Promise<z.output<T>> {
  const text = await c.req.text();
  const parsed = schema.safeParse(text === "" ? {} : parseJson(text), { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidRequest(parsed.error.issues.map(describeIssue), page);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new VendorError(400, {
      message: "Problems parsing JSON",
      documentation_url: "https://docs.github.com/rest",
      status: "400",
    });
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join("/");
  const given = JSON.stringify(issue.input);
  const missing = `"${String(issue.path.at(-1))}" wasn't supplied.`;
  if (issue.code === "custom") return issue.message;
  if (issue.code === "invalid_type") {
    if (issue.input === undefined) return missing;
    return `For 'properties/${path}', ${given} is not ${/^[aeio]/.test(issue.expected) ? "an" : "a"} ${issue.expected}.`;
  }
  if (issue.code === "invalid_value") {
    if (issue.input === undefined) return missing;
    return `For 'properties/${path}', ${given} is not a member of ${JSON.stringify(issue.values)}.`;
  }
  return `Invalid property /${path}: data matches no possible input. See \`documentation_url\`.`;
}
