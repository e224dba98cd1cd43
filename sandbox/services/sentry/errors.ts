/** Sentry's refusals, in the words and shapes of its web API. */
import { VendorError } from "../core/vendor-error.ts";

/** 401. */
export function unauthorized(detail: "Authentication credentials were not provided." | "Invalid token"): VendorError {
  return new VendorError(401, { detail }, { "WWW-Authenticate": 'xBasic realm="api"' });
}

/** 403 for what the token's scopes do not cover. */
export function forbidden(): VendorError {
  return new VendorError(403, { detail: "You do not have permission to perform this action." });
}

/** 404, also for what the token may not see. */
export function notFound(detail = "The requested resource does not exist"): VendorError {
  return new VendorError(404, { detail });
}

/** 409 for a slug in use. */
export function slugConflict(kind: "team" | "project"): VendorError {
  const detail = `A ${kind} with this slug already exists.`;
  return new VendorError(409, kind === "team" ? { non_field_errors: [detail], detail } : { detail });
}

/** What is wrong, by field; nested fields nest. */
export interface FieldErrors {
  readonly [field: string]: readonly (string | number)[] | FieldErrors;
}

/** 400 with what is wrong by field. */
export function invalid(fields: FieldErrors): VendorError {
  return new VendorError(400, fields);
}
