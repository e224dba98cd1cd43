/** What a service answered, checked against what its API description says. */
import type { z } from "zod";

/**
 * The body in the schema's shape. `request` names the request for the message: `CircleCI GET /context`.
 * Throws when the body is something else: going on would write nonsense into the state.
 */
export function readAnswer<Answer>(schema: z.ZodType<Answer>, body: unknown, request: string): Answer {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new Error(
    `${request} answered something else than its API description says (${problems.join("; ")}). ` +
      "Look whether a newer version of the provider exists",
  );
}
