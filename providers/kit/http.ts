/** A JSON client for a vendor's API: authentication, time limits, retries, a concurrency limit, telling errors. */
import pLimit from "p-limit";
import { askedWaitMs, DEFAULT_LIMITS, type RetryLimits, retry, type Verdict } from "./retry.ts";
import { type Access, ConnectionError, isStatus, type RequestName, ServiceError } from "./service-error.ts";
import { type Answer, exchange } from "./transport.ts";

export interface HttpOptions extends Access {
  /** The vendor's name, for messages. */
  readonly service: string;
  /** Where the API is; paths are appended. */
  readonly baseUrl: string;
  /** Sent with every request: the authentication. */
  readonly headers: Readonly<Record<string, string>>;
  /** Silence after which a request counts as lost. */
  readonly timeoutMs?: number;
  /** Requests under way at the same time. */
  readonly concurrency?: number;
  readonly limits?: RetryLimits;
}

/** What a request may use of its call's context; a `CallContext` fits. */
export interface RequestContext {
  readonly signal: AbortSignal;
  progress?(message: string): void;
  log?(severity: "debug", message: string): void;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface RequestOptions {
  /** Query parameters; `undefined` ones are left out, lists are repeated. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Whether sending it twice does no harm. GET, PUT and DELETE are; POST and PATCH only when said so here. */
  readonly repeatable?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_CONCURRENCY = 8;
/** A wait from this length on is worth a status line. */
const NOTEWORTHY_WAIT_MS = 1_000;
const REQUEST_IDS = ["x-request-id", "request-id", "x-github-request-id", "x-trace-id", "rndr-id", "cf-ray"];
/** Codes of failures in which nothing was sent. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

/** A client of one vendor. All methods throw `ServiceError` or `ConnectionError`, or the signal's reason. */
export class HttpClient {
  readonly #options: HttpOptions;
  readonly #limit: ReturnType<typeof pLimit>;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#limit = pLimit(options.concurrency ?? DEFAULT_CONCURRENCY);
  }

  /** Sends a request and gives the answer's JSON body; undefined when the body is empty. */
  async call<Body>(context: RequestContext, method: Method, path: string, options: RequestOptions = {}): Promise<Body> {
    const name: RequestName = { service: this.#options.service, method, path };
    const repeatable = options.repeatable ?? (method !== "POST" && method !== "PATCH");
    return (await retry(() => this.#limit(() => this.#send(context, name, options)), {
      signal: context.signal,
      limits: this.#options.limits ?? DEFAULT_LIMITS,
      judge: (error) => judge(error, repeatable),
      onWait(waitMs, error) {
        const seconds = Math.ceil(waitMs / 1000);
        if (waitMs >= NOTEWORTHY_WAIT_MS) context.progress?.(`waiting ${seconds} s, then again: ${String(error)}`);
      },
    })) as Body;
  }

  /** GET, where an absent object is no error. */
  async find<Body>(context: RequestContext, path: string, options?: RequestOptions): Promise<Body | undefined> {
    try {
      return await this.call<Body>(context, "GET", path, options);
    } catch (error) {
      if (isStatus(error, 404)) return undefined;
      throw error;
    }
  }

  /** DELETE, where an absent object is no error. */
  async remove(context: RequestContext, path: string, options?: RequestOptions): Promise<void> {
    try {
      await this.call(context, "DELETE", path, options);
    } catch (error) {
      if (!isStatus(error, 404)) throw error;
    }
  }

  async #send(context: RequestContext, name: RequestName, options: RequestOptions): Promise<unknown> {
    const { baseUrl, headers, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    const silence = AbortSignal.timeout(timeoutMs);
    const started = performance.now();
    let answer: Answer;
    try {
      answer = await exchange({
        url: urlOf(baseUrl, name.path, options.query),
        method: name.method,
        headers: {
          accept: "application/json",
          ...(options.body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
          ...options.headers,
        },
        body: options.body === undefined ? undefined : JSON.stringify(options.body),
        signal: AbortSignal.any([context.signal, silence]),
      });
    } catch (error) {
      context.signal.throwIfAborted();
      const { sent, reason } = connectionFailure(error, silence.aborted ? timeoutMs : undefined);
      throw new ConnectionError(name, baseUrl, sent, reason, error);
    }
    const took = Math.round(performance.now() - started);
    context.log?.("debug", `${name.method} ${name.path} ${answer.status} (${took} ms)`);
    const body = parse(answer.text);
    if (answer.status >= 200 && answer.status < 300) return body;
    const error = new ServiceError(name, { status: answer.status, body, requestId: requestId(answer) }, this.#options);
    askedWaits.set(error, askedWaitMs(answer.headers));
    throw error;
  }
}

const askedWaits = new WeakMap<ServiceError, number | undefined>();

function judge(error: unknown, repeatable: boolean): Verdict {
  if (error instanceof ConnectionError) return repeatable || !error.sent ? {} : "give up";
  if (isStatus(error, 429)) return { askedMs: askedWaits.get(error) };
  if (isStatus(error, 502, 503, 504) && repeatable) return { askedMs: askedWaits.get(error) };
  return "give up";
}

function urlOf(baseUrl: string, path: string, query: RequestOptions["query"] = {}): URL {
  const url = new URL(`${baseUrl.replace(/\/+$/, "")}${path}`);
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) url.searchParams.append(key, String(item));
  }
  return url;
}

function connectionFailure(error: unknown, silentMs: number | undefined): { sent: boolean; reason: string } {
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
