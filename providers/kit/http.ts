/** A JSON client for a vendor's API: authentication, time limits, retries, a concurrency limit, telling errors. */
import pLimit from "p-limit";
import type { z } from "zod";
import { readAnswer, successBody } from "./answer.ts";
import { connectionFailure, judge, refusal } from "./failed-request.ts";
import type { RequestName } from "./request-name.ts";
import { DEFAULT_LIMITS, type RetryLimits, retry } from "./retry.ts";
import { type Access, ConnectionError, isStatus } from "./service-error.ts";
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

/** How long a client waits. */
export type Patience = Pick<HttpOptions, "timeoutMs" | "limits">;

/** What a request may use of its call's context; a `CallContext` fits. */
export interface RequestContext {
  readonly signal: AbortSignal;
  progress?(message: string): void;
  log?(severity: "debug", message: string): void;
  /** Told when what was read is somewhere else now: its old name was asked for. */
  moved?(request: RequestName, to: URL): void;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface RequestOptions<Body = unknown> {
  /** What is read of the answer. Without it nothing is, but a GET still has to be answered with JSON. */
  readonly answer?: z.ZodType<Body>;
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

/**
 * A client of one vendor. All methods throw `ServiceError`, `ConnectionError`, `UnreadableAnswerError`, or the signal's
 * reason.
 */
export class HttpClient {
  readonly #options: HttpOptions;
  readonly #limit: ReturnType<typeof pLimit>;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#limit = pLimit(options.concurrency ?? DEFAULT_CONCURRENCY);
  }

  /**
   * Sends a request and gives what `options.answer` reads of its answer. A success that cannot be read is a lost
   * answer: a proxy's page or an empty 200 says nothing of what the service did.
   */
  async call<Body>(
    context: RequestContext,
    method: Method,
    path: string,
    options: RequestOptions<Body> = {},
  ): Promise<Body> {
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
  async find<Body>(context: RequestContext, path: string, options?: RequestOptions<Body>): Promise<Body | undefined> {
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
        follow: true,
      });
    } catch (error) {
      context.signal.throwIfAborted();
      const { sent, reason } = connectionFailure(error, silence.aborted ? timeoutMs : undefined);
      throw new ConnectionError(name, baseUrl, sent, reason, error);
    }
    const took = Math.round(performance.now() - started);
    context.log?.("debug", `${name.method} ${name.path} ${answer.status} (${took} ms)`);
    if (answer.movedTo) {
      context.log?.("debug", `${name.path} has moved to ${answer.movedTo.pathname}`);
      context.moved?.(name, answer.movedTo);
    }
    if (answer.status < 200 || answer.status >= 300) throw refusal(name, answer, this.#options);
    const body = successBody(answer, name);
    return options.answer ? readAnswer(options.answer, body, name) : body;
  }
}

function urlOf(baseUrl: string, path: string, query: RequestOptions["query"] = {}): URL {
  const url = new URL(`${baseUrl.replace(/\/+$/, "")}${path}`);
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) url.searchParams.append(key, String(item));
  }
  return url;
}
