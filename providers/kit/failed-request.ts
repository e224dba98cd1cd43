/** What a failed request means: the error that tells it, and whether it may be sent again. */
import { UnreadableAnswerError } from "./answer.ts";
import { askedWait } from "./rate-limit.ts";
import type { RequestName } from "./request-name.ts";
import type { Verdict } from "./retry.ts";
import { type Access, ConnectionError, isStatus, ServiceError } from "./service-error.ts";
import type { Answer } from "./transport.ts";

const REQUEST_IDS = [
  "render-request-id",
  "x-request-id",
  "request-id",
  "x-github-request-id",
  "x-trace-id",
  "rndr-id",
  "cf-ray",
];
/** Codes of failures in which nothing was sent. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

/** The error for an answer that is not a success. */
export function refusal(name: RequestName, answer: Answer, access: Access): ServiceError {
  const { limited, ms } = askedWait(answer);
  const told = {
    status: answer.status,
    body: parse(answer.text),
    requestId: requestId(answer),
    limited,
    retryAt: ms === undefined ? undefined : new Date(Date.now() + ms),
    location: answer.headers["location"],
  };
  return new ServiceError(name, told, access);
}

/** Whether a request may be sent again after this error. */
export function judge(error: unknown, repeatable: boolean): Verdict {
  if (error instanceof ConnectionError) return repeatable || !error.sent ? {} : "give up";
  // An answer with one wrong field would come again; none at all, or a proxy's, is worth another try.
  if (error instanceof UnreadableAnswerError) return repeatable && error.field === "" ? {} : "give up";
  if (!(error instanceof ServiceError)) return "give up";
  if (!error.limited && !(repeatable && isStatus(error, 502, 503, 504))) return "give up";
  return { askedMs: error.retryAt && Math.max(0, error.retryAt.getTime() - Date.now()) };
}

/** Whether a request without an answer was sent, and why there is none; `silentMs` when it was given up. */
export function connectionFailure(error: unknown, silentMs: number | undefined): { sent: boolean; reason: string } {
  if (silentMs !== undefined) return { sent: true, reason: `silence for ${silentMs / 1000} s` };
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: string }).code;
  const text = cause instanceof Error ? cause.message : String(cause);
  return { sent: !NOT_SENT.has(code ?? ""), reason: code && !text.includes(code) ? `${text} (${code})` : text };
}

function requestId({ headers }: Answer): string | undefined {
  return REQUEST_IDS.map((header) => headers[header]).find((id) => id !== undefined);
}

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
