/** The client of the sentry plugin: sends what the vendor's sends, and repeats what the vendor's repeats. */
import { setTimeout as delay } from "node:timers/promises";
import { parseBody } from "../../bridge/answer.ts";
import { BridgedError, noAnswer } from "../../bridge/failure.ts";
import { isObject } from "../../bridge/value.ts";
import type { SentryConfiguration } from "./configuration.ts";

const MAX_RETRIES = 4;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
const REDIRECTS = [301, 302, 303];

/** An answer of Sentry's API. */
export interface SentryAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Cursor of the next page; undefined on the last. */
  readonly nextCursor: string | undefined;
}

/** What a request carries besides its path. */
export interface SentryRequest {
  readonly body?: unknown;
  /** Statuses that are an answer and no failure. */
  readonly allow?: readonly number[];
  readonly signal: AbortSignal;
}

/** Sends requests with one token. */
export class SentryClient {
  readonly #configuration: SentryConfiguration;

  constructor(configuration: SentryConfiguration) {
    this.#configuration = configuration;
  }

  /**
   * Sends a request and gives its answer.
   * A request that got no answer, 429 or a server's error is sent again up to four times, also one that writes.
   * @throws BridgedError in the words of the vendor's client when the status is not one of success and not allowed.
   */
  async request(method: string, path: string, request: SentryRequest): Promise<SentryAnswer> {
    const url = new URL(path, this.#configuration.api).href;
    for (let attempt = 0; ; attempt += 1) {
      const response = await this.#send(method, url, request);
      const again = typeof response === "string" || response.status === 429 || isServerError(response.status);
      if (!again) return this.#answer(method, url, response, request);
      if (attempt >= MAX_RETRIES) {
        const reason = typeof response === "string" ? `: ${response}` : "";
        throw new BridgedError(`${method} ${url} giving up after ${attempt + 1} attempt(s)${reason}`);
      }
      await delay(waitMs(response, attempt), undefined, { signal: request.signal });
    }
  }

  /** The response, or why there is none. */
  async #send(method: string, url: string, request: SentryRequest): Promise<Response | string> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${this.#configuration.token}`,
      "user-agent": "go-sentry",
      ...(request.body !== undefined && { "content-type": "application/json" }),
    };
    const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) };
    try {
      const response = await fetch(url, { method, headers, signal: request.signal, redirect: "manual", ...body });
      const location = response.headers.get("location");
      if (!REDIRECTS.includes(response.status) || location === null) return response;
      // Go's client asks again by GET, whatever it was that was redirected.
      const { authorization = "", "user-agent": sender = "" } = headers;
      return await fetch(new URL(location, url), {
        headers: { authorization, "user-agent": sender },
        signal: request.signal,
      });
    } catch (error) {
      request.signal.throwIfAborted();
      return noAnswer(method, url, error);
    }
  }

  async #answer(method: string, url: string, response: Response, request: SentryRequest): Promise<SentryAnswer> {
    const { status } = response;
    const body = parseBody(await response.text());
    if (!response.ok && !request.allow?.includes(status)) {
      throw new BridgedError(`${method} ${url}: ${status} ${detailOf(body)}`);
    }
    return { status, body, nextCursor: nextCursor(response.headers.get("link") ?? "") };
  }
}

function isServerError(status: number): boolean {
  return status >= 500 && status !== 501;
}

/** Retry-After when the answer has one, else twice as long each time. */
function waitMs(response: Response | string, attempt: number): number {
  const seconds = typeof response === "string" ? null : response.headers.get("retry-after");
  if (seconds !== null && Number.isFinite(Number(seconds))) return Number(seconds) * 1000;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
}

/** `detail` when the body has one, else the body as it is ("map[slug:[...]]" in the vendor's words). */
function detailOf(body: unknown): string {
  if (isObject(body) && typeof body["detail"] === "string") return body["detail"];
  return typeof body === "string" ? body.trim() : JSON.stringify(body ?? "");
}

/** The cursor of the link that says rel="next" and results="true" ("Paginating results"). */
function nextCursor(link: string): string | undefined {
  const next = link.split(/,\s*(?=<)/).find((part) => part.includes('rel="next"') && part.includes('results="true"'));
  return next && /cursor="([^"]+)"/.exec(next)?.[1];
}
