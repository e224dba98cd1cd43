/** The client of the github plugin: sends what the vendor's sends, and repeats what the vendor's repeats. */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { parseAnswer, parseBody } from "../../bridge/answer.ts";
import { BridgedError, noAnswer } from "../../bridge/failure.ts";
import type { GitHubConfiguration } from "./configuration.ts";
import { Pacing } from "./pacing.ts";
import { rateLimitWaitMs } from "./rate-limit.ts";

const RETRYABLE = new Set([500, 502, 503, 504]);

const errorBody = z.object({
  message: z.string().default(""),
  errors: z.array(z.union([z.string(), z.looseObject({})])).default([]),
});

/** An answer of GitHub's REST API. */
export interface GitHubAnswer {
  readonly status: number;
  readonly etag: string | undefined;
  /** The parsed body; undefined when there is none. */
  readonly body: unknown;
}

/** What a request carries besides its path. */
export interface GitHubRequest {
  readonly body?: unknown;
  /** Asks for the object only when it has changed; the answer may be 304. */
  readonly etag?: string | undefined;
  /** Statuses that are an answer and no failure. */
  readonly allow?: readonly number[];
  readonly signal: AbortSignal;
}

/** Sends requests for one owner. */
export class GitHubClient {
  readonly owner: string;
  /** An organization's repositories are made below /orgs, a user's own below /user. */
  readonly isOrganization: boolean;
  readonly #configuration: GitHubConfiguration;
  readonly #pacing: Pacing;

  private constructor(configuration: GitHubConfiguration, owner: string, isOrganization: boolean, pacing: Pacing) {
    this.#configuration = configuration;
    this.owner = owner;
    this.isOrganization = isOrganization;
    this.#pacing = pacing;
  }

  /**
   * Finds out who the owner is, as the vendor's Configure does: GET /orgs/{owner}, or GET /user when none is named.
   * Without a token it asks nothing.
   * @throws BridgedError when GitHub refuses; only 404 is an answer, and means a user's account.
   */
  static async connect(configuration: GitHubConfiguration, signal: AbortSignal): Promise<GitHubClient> {
    const pacing = new Pacing(configuration);
    const anonymous = new GitHubClient(configuration, configuration.owner, false, pacing);
    if (configuration.token === "") return anonymous;
    if (configuration.owner === "") {
      const { body } = await anonymous.request("GET", "user", { signal });
      const { login } = parseAnswer(z.looseObject({ login: z.string() }), body);
      return new GitHubClient(configuration, login, false, pacing);
    }
    const { status } = await anonymous.request("GET", `orgs/${configuration.owner}`, { signal, allow: [404] });
    return new GitHubClient(configuration, configuration.owner, status !== 404, pacing);
  }

  /** The path of a repository, or of something in it. */
  repository(name: string, ...rest: readonly string[]): string {
    return ["repos", this.owner, name, ...rest].join("/");
  }

  /**
   * Sends a request and gives its answer.
   * @throws BridgedError in the words of the vendor's client when the status is not one of success and not allowed.
   */
  async request(method: string, path: string, request: GitHubRequest): Promise<GitHubAnswer> {
    const url = new URL(path, this.#configuration.api).href;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#pacing.take(method, request.signal, () => this.#send(method, url, request));
      if (!RETRYABLE.has(answer.status) || attempt >= this.#configuration.maxRetries) {
        if (isSuccess(answer.status) || request.allow?.includes(answer.status)) return answer;
        throw new BridgedError(describe(method, url, answer));
      }
      await delay(this.#configuration.retryDelayMs, undefined, { signal: request.signal });
    }
  }

  /** Sends once, and again after each wait that a rate limit asks for. */
  async #send(method: string, url: string, request: GitHubRequest): Promise<GitHubAnswer> {
    for (;;) {
      const response = await fetch(url, {
        method,
        headers: this.#headers(request),
        signal: request.signal,
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      }).catch((error: unknown) => {
        request.signal.throwIfAborted();
        throw new BridgedError(noAnswer(method, url, error));
      });
      const text = await response.text();
      const body = parseBody(text);
      const waitMs = rateLimitWaitMs(response.status, response.headers, body, Date.now());
      if (waitMs === undefined)
        return { status: response.status, etag: response.headers.get("etag") ?? undefined, body };
      await delay(waitMs, undefined, { signal: request.signal });
    }
  }

  #headers(request: GitHubRequest): Record<string, string> {
    return {
      accept: "application/vnd.github.v3+json",
      "user-agent": "go-github",
      "x-github-api-version": "2022-11-28",
      ...(this.#configuration.token !== "" && { authorization: `Bearer ${this.#configuration.token}` }),
      ...(request.body !== undefined && { "content-type": "application/json" }),
      ...(request.etag !== undefined && request.etag !== "" && { "if-none-match": request.etag }),
    };
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** `POST http://…: 422 Validation Failed [{Resource:Repository Field:name …}]`, as the vendor's client writes it. */
function describe(method: string, url: string, answer: GitHubAnswer): string {
  const { message, errors } = errorBody.catch({ message: "", errors: [] }).parse(answer.body);
  const details = errors.map((error) => {
    if (typeof error === "string") return `{Resource: Field: Code: Message:${error}}`;
    const part = (name: string): string => String(error[name] ?? "");
    return `{Resource:${part("resource")} Field:${part("field")} Code:${part("code")} Message:${part("message")}}`;
  });
  return `${method} ${url}: ${answer.status} ${message} [${details.join(" ")}]`;
}
