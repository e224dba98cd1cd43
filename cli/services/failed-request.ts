/** Requests that failed at a service, in whatever way. */
import { UnreadableAnswerError } from "../../providers/kit/answer.ts";
import { ConnectionError, ServiceError } from "../../providers/kit/service-error.ts";

/** Whether an error tells of a request: refused, without an answer, or with one that cannot be read. */
export function isFailedRequest(error: unknown): error is Error {
  return error instanceof ServiceError || error instanceof ConnectionError || error instanceof UnreadableAnswerError;
}
