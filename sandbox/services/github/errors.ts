/** GitHub's refusals, in the words and shapes of its REST API. */
import { VendorError } from "../core/vendor-error.ts";

/** Where an error's `documentation_url` points, e.g. "repos/rules#create-a-repository-ruleset". */
export type DocumentationPage = string;

const docs = (page?: DocumentationPage): string =>
  page ? `https://docs.github.com/rest/${page}` : "https://docs.github.com/rest";

/** 404, also for what the token may not see. */
export function notFound(page?: DocumentationPage, message = "Not Found"): VendorError {
  return new VendorError(404, { message, documentation_url: docs(page), status: "404" });
}

/** 401. */
export function unauthorized(message: "Bad credentials" | "Requires authentication"): VendorError {
  return new VendorError(401, { message, documentation_url: docs(), status: "401" });
}

/** 403. */
export function forbidden(message: string, page?: DocumentationPage): VendorError {
  return new VendorError(403, { message, documentation_url: docs(page), status: "403" });
}

/** 409. */
export function conflict(message: string, page?: DocumentationPage): VendorError {
  return new VendorError(409, { message, documentation_url: docs(page), status: "409" });
}

/** One entry of a validation error. */
export interface FieldError {
  readonly resource: string;
  readonly code: "missing" | "missing_field" | "invalid" | "already_exists" | "unprocessable" | "custom";
  readonly field: string;
  readonly message?: string;
}

/** 422 for values that contradict the state or each other. */
export function validationFailed(errors: readonly (FieldError | string)[], page?: DocumentationPage): VendorError {
  return new VendorError(422, {
    message: "Validation Failed",
    errors,
    documentation_url: docs(page),
    status: "422",
  });
}

/** 422 for a body that does not have the expected form. */
export function invalidRequest(problems: readonly string[], page?: DocumentationPage): VendorError {
  const message = `Invalid request.\n\n${problems.join("\n")}`;
  return new VendorError(422, { message, documentation_url: docs(page), status: "422" });
}

/** 422 with a sentence of its own. */
export function unprocessable(message: string, page?: DocumentationPage): VendorError {
  return new VendorError(422, { message, documentation_url: docs(page), status: "422" });
}
