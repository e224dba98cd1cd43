/** Answers of a vendor, held against what its API description promises. */
import type { z } from "zod";

/**
 * The answer as the schema describes it.
 * @param request names the request in the message: "Render GET /services".
 * @throws Error when the answer is of another shape, naming what differs; no value of it is shown.
 */
export function checkedAnswer<Answer>(schema: z.ZodType<Answer>, body: unknown, request: string): Answer {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new Error(
    `${request} answered something else than its API description says (${problems.join("; ")}). ` +
      "Look whether a newer version of the provider exists",
  );
}
