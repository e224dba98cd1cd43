/**
 * GitHub's own client, Octokit, as this command line uses it: who sends, how long it waits, what it repeats. Loaded with
 * the first request only: it takes longer to load than most commands need for the rest.
 */
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import Bottleneck from "bottleneck";
import { successBody } from "../../providers/kit/answer.ts";
import { VERSION } from "../../providers/kit/version.ts";

/** What a client of GitHub is made of. */
export interface OctokitOptions {
  /** The API's root. */
  readonly baseUrl: string;
  readonly token: string;
  /** Whether this is GitHub's cloud, which wants writes to keep a distance. A server of one's own does not. */
  readonly isPublic: boolean;
  /** Longest wait that GitHub may ask for. */
  readonly longestWaitMs: number;
  /** Silence after which a request counts as lost. */
  readonly timeoutMs: number;
}

/** What a plugin extends. */
type Core = Parameters<typeof throttling>[0];

/** How often one request waits for a limit. */
const MOST_WAITS = 3;
const FIRST_RETRY_MS = 500;
/** An answer is an answer, except that a limit's is waited for. */
const NEVER_REPEATED = [...Array.from({ length: 100 }, (_, index) => 400 + index), 501];

const Client = Octokit.plugin(limitsByHeader, retry, throttling, readableOnly);

/** A client. All its requests throw RequestError, UnreadableAnswerError, or what the signal was aborted with. */
export function makeOctokit({ baseUrl, token, isPublic, longestWaitMs, timeoutMs }: OctokitOptions): Octokit {
  const waits = (seconds: number, _options: unknown, _octokit: unknown, waited: number): boolean =>
    seconds * 1000 <= longestWaitMs && waited < MOST_WAITS;
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  return new Client({
    baseUrl,
    auth: token,
    userAgent: `delivery/${VERSION}`,
    log,
    request: { log, fetch: fetchWithin(timeoutMs) },
    retry: { doNotRetry: NEVER_REPEATED, retryAfterBaseValue: FIRST_RETRY_MS },
    throttle: {
      onRateLimit: waits,
      onSecondaryRateLimit: waits,
      ...(!isPublic && { write: atOnce(), notifications: atOnce() }),
    },
  });
}

/**
 * "If the retry-after response header is present, you should not retry your request until after that many seconds"
 * ("Rate limits for the REST API"). The plugin looks at the header only when the message has these words.
 */
function limitsByHeader(octokit: Core): void {
  octokit.hook.error("request", (error) => {
    const { status, response } = error as { status?: number; response?: { headers: Record<string, unknown> } };
    const isLimit = (status === 403 || status === 429) && response?.headers["retry-after"] !== undefined;
    if (isLimit) error.message = `${error.message} (secondary rate limit)`;
    throw error;
  });
}

/** Last, so that nothing repeats a request that has succeeded. */
function readableOnly(octokit: Core): void {
  octokit.hook.after("request", (response, { method, url }) => {
    const { status, data } = response;
    if (status >= 300 || typeof data !== "string" || (method as string) === "HEAD") return;
    // A question of yes or no is answered by the status.
    if (status === 204) return;
    const path = new URL(url, "http://github.invalid").pathname;
    response.data = successBody({ status, text: data }, { service: "GitHub", method, path });
  });
}

function atOnce(): Bottleneck.Group {
  return new Bottleneck.Group({ maxConcurrent: null });
}

/** Each attempt has the whole time: the waits between them do not count. */
function fetchWithin(timeoutMs: number): typeof fetch {
  return (url, init) => {
    const signals = [AbortSignal.timeout(timeoutMs), ...(init?.signal ? [init.signal] : [])];
    return fetch(url, { ...init, signal: AbortSignal.any(signals) });
  };
}
