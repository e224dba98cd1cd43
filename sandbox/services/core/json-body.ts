/** A request's JSON body, checked against a schema; the vendor's words for what is wrong are the caller's. */
import type { Context } from "hono";
import type { ZodType, z } from "zod";

/** The first thing that is wrong with a body. */
export type BodyProblem =
  | { readonly kind: "not-json" }
  /** The body as a whole is of another kind. */
  | { readonly kind: "wrong-shape" }
  | { readonly kind: "unknown-field" | "missing-field" | "invalid-field"; readonly path: string }
  /** A value outside a closed list: the only kind of value that is repeated, any other may be a secret. */
  | { readonly kind: "unknown-value"; readonly path: string; readonly value: unknown };

/** The checked body; an empty one counts as `{}`. `refuse` is told what is wrong and must not return. */
export async function readJsonBody<T extends ZodType>(
  c: Context,
  schema: T,
  refuse: (problem: BodyProblem) => never,
): Promise<z.output<T>> {
  const text = (await c.req.text()).trim();
  let body: unknown;
  try {
    body = text === "" ? {} : JSON.parse(text);
  } catch {
    refuse({ kind: "not-json" });
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const keys = (issue?.path ?? []).map(String);
  const path = keys.join(".");
  if (issue?.code === "unrecognized_keys") {
    refuse({ kind: "unknown-field", path: [...keys, issue.keys[0] ?? ""].join(".") });
  }
  if (keys.length === 0) refuse({ kind: "wrong-shape" });
  const value = valueAt(body, keys);
  if (value === undefined) refuse({ kind: "missing-field", path });
  refuse(issue?.code === "invalid_value" ? { kind: "unknown-value", path, value } : { kind: "invalid-field", path });
}

function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (inner !== null && typeof inner === "object" ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}
