/** Failed requests to a vendor's API, told so that a person knows what to do next. */
import { UnreadableAnswerError } from "./answer.ts";
import { nameOf, type RequestName } from "./request-name.ts";
import { withoutLogin, withoutLogins } from "./without-login.ts";

/** What a vendor's errors need to be explained. */
export interface Access {
  /** The environment variable that carries the token: `RENDER_API_KEY`. */
  readonly tokenVariable: string;
  /** What the token must be allowed to do, and where one is made. */
  readonly permission: string;
}

/** An answer that refuses, as `ServiceError` takes it. */
export interface Refusal extends Pick<ServiceError, "status" | "body" | "requestId" | "limited" | "retryAt"> {
  /** Where it says that the object is now. */
  readonly location?: string | undefined;
}

/** The service answered, and refused. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly request: RequestName;
  readonly status: number;
  /** What the service said, shortened. */
  readonly answer: string;
  /** The id under which the vendor's support finds the request. */
  readonly requestId: string | undefined;
  /** What to do. */
  readonly hint: string | undefined;
  /** The answer's body, parsed when it was JSON. */
  readonly body: unknown;
  /** Whether it refused the request for being one too many, whatever the status. */
  readonly limited: boolean;
  /** When the service takes requests again, if it said so. */
  readonly retryAt: Date | undefined;

  constructor(request: RequestName, refusal: Refusal, access: Access) {
    const answer = summarize(refusal.body);
    const hint = hintFor(refusal, request, access);
    const id = refusal.requestId ? ` (request id ${refusal.requestId})` : "";
    const said = answer ? `: ${answer}` : "";
    super(`${nameOf(request)} answered ${refusal.status}${said}${id}${hint ? `. ${hint}` : ""}`);
    this.request = request;
    this.status = refusal.status;
    this.answer = answer;
    this.requestId = refusal.requestId;
    this.hint = hint;
    this.body = refusal.body;
    this.limited = refusal.limited;
    this.retryAt = refusal.retryAt;
  }
}

/** There was no answer: no connection, a connection cut, or too long a silence. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  readonly request: RequestName;
  /** True when the request may have reached the service and taken effect. */
  readonly sent: boolean;

  constructor(request: RequestName, baseUrl: string, sent: boolean, reason: string, cause?: unknown) {
    const next = sent ? "Run the same command again" : "Check the network and the base URL";
    super(`${nameOf(request)} at ${withoutLogin(baseUrl)} got no answer: ${withoutLogins(reason)}. ${next}`, { cause });
    this.request = request;
    this.sent = sent;
  }
}

/** True when the service may have done what was asked although the call failed. */
export function mayHaveTakenEffect(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.sent;
  if (error instanceof UnreadableAnswerError) return true;
  return error instanceof ServiceError && error.status >= 500 && error.status !== 501;
}

/** True for an answer with one of these statuses. */
export function isStatus(error: unknown, ...statuses: readonly number[]): error is ServiceError {
  return error instanceof ServiceError && statuses.includes(error.status);
}

function hintFor(refusal: Refusal, { service, method }: RequestName, access: Access): string | undefined {
  const { status } = refusal;
  if (status >= 300 && status < 400) return movedHint(refusal);
  if (refusal.limited) return limitHint(refusal.retryAt);
  if (status === 401) return `Set ${access.tokenVariable} to a valid token: ${access.permission}`;
  if (status === 402) return `The ${service} plan or its payment data does not allow this`;
  if (status === 403) return `The token in ${access.tokenVariable} may not do this: ${access.permission}`;
  if (status === 404 && method === "GET")
    return `It does not exist, or the token in ${access.tokenVariable} may not see it`;
  if (status === 404) return `What it refers to does not exist, or the token in ${access.tokenVariable} may not see it`;
  if (status === 409)
    return "Something of this name exists already, or is being changed: import it, or choose another name";
  if (status === 400 || status === 422) return "Correct the value that the answer names";
  if (status >= 500) return `The fault is on ${service}'s side: run the same command again later`;
  return undefined;
}

/** What was written to by an old name; nothing is written to a place that the user did not name. */
function movedHint({ body, location }: Refusal): string {
  const slug = typeof body === "object" && body !== null && "slug" in body ? body.slug : undefined;
  if (typeof slug === "string") return `It is called "${slug}" now: use that name`;
  return location ? `It has moved to ${location}: use its new name` : "It has moved: use its new name";
}

function limitHint(retryAt: Date | undefined): string {
  if (!retryAt) return "Too many requests: wait, then run the same command again";
  const time = retryAt.toISOString().replace(/\.\d+/, "");
  return `Too many requests: no more are taken until ${time}; run the same command again then`;
}

const LONGEST_ANSWER = 400;

/** The sentence in an error body, wherever the vendor keeps it. */
function summarize(body: unknown): string {
  const text =
    typeof body === "string" ? withoutMarkup(body) : messagesIn(body).join("; ") || JSON.stringify(body ?? "");
  const line = text === '""' || text === "{}" ? "" : text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST_ANSWER ? `${line.slice(0, LONGEST_ANSWER)}...` : line;
}

function messagesIn(body: unknown): readonly string[] {
  if (typeof body === "string") return [body];
  if (Array.isArray(body)) return body.flatMap(messagesIn);
  if (typeof body !== "object" || body === null) return [];
  const { message, error, errors, detail } = body as Record<string, unknown>;
  return [...new Set([message, error, errors, detail].flatMap(messagesIn))];
}

function withoutMarkup(text: string): string {
  return /^\s*</.test(text) ? text.replace(/<(style|script)[\s\S]*?<\/\1>/gi, " ").replace(/<[^>]*>/g, " ") : text;
}
