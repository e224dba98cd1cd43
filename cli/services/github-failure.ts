/** Failed requests to GitHub, in the words of every service's errors. */
import { askedWait } from "../../providers/kit/rate-limit.ts";
import type { RequestName } from "../../providers/kit/request-name.ts";
import { type Access, ConnectionError, ServiceError } from "../../providers/kit/service-error.ts";

/** An answer that refuses. */
export interface RefusingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

/** Codes of failures in which nothing was sent. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

/** What GitHub refused with; undefined when there was no answer at all. */
export function refusalIn(error: unknown): RefusingAnswer | undefined {
  const { status, response } = error as { status?: number; response?: { headers?: object; data?: unknown } };
  if (status === undefined || response === undefined) return undefined;
  return { status, headers: { ...response.headers }, body: response.data };
}

/** The error that tells of a request for which Octokit has thrown. */
export function failureOf(error: unknown, request: RequestName, options: Access & { readonly baseUrl: string }): Error {
  const refusal = refusalIn(error);
  if (refusal) return refused(refusal, request, options);
  const { reason, sent } = lostAnswer(error);
  return new ConnectionError(request, options.baseUrl, sent, reason, error);
}

/** The error that tells of a refusal. */
export function refused({ status, headers, body }: RefusingAnswer, request: RequestName, access: Access): ServiceError {
  const { limited, ms } = askedWait({ status, headers });
  const retryAt = ms === undefined ? undefined : new Date(Date.now() + ms);
  const { "x-github-request-id": requestId, location } = headers;
  return new ServiceError(request, { status, body, requestId, limited, retryAt, location }, access);
}

function lostAnswer(error: unknown): { reason: string; sent: boolean } {
  const chain = causes(error);
  const { message = String(error), code } = chain.findLast((one) => one.message !== "") ?? {};
  return {
    reason: code && !message.includes(code) ? `${message} (${code})` : message,
    sent: !chain.some((one) => NOT_SENT.has(one.code ?? "")),
  };
}

/** An error and what it came of: Octokit wraps that of `fetch`, which wraps the connection's. */
function causes(error: unknown): { message: string; code?: string | undefined }[] {
  if (!(error instanceof Error)) return [];
  const { message, code, cause } = error as NodeJS.ErrnoException;
  return [{ message, code: typeof code === "string" ? code : undefined }, ...causes(cause)];
}
