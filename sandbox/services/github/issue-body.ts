/** The text of an issue or comment. */
import { validationFailed } from "./errors.ts";

const MAX_LENGTH = 65_536;

/** Throws 422 for a text beyond GitHub's limit. */
export function checkBodyLength(resource: "Issue" | "IssueComment", body: string | null | undefined): void {
  if (!body || body.length <= MAX_LENGTH) return;
  const message = `body is too long (maximum is ${MAX_LENGTH} characters)`;
  throw validationFailed([{ resource, code: "unprocessable", field: "data", message }], "issues");
}
