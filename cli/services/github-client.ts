/** A client of GitHub's REST API: every answer is read by a schema, every failure says which request it was. */
import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import { readAnswer, UnreadableAnswerError } from "../../providers/kit/answer.ts";
import { askedWait } from "../../providers/kit/rate-limit.ts";
import type { RequestName } from "../../providers/kit/request-name.ts";
import { type Access, isStatus } from "../../providers/kit/service-error.ts";
import { failureOf, refusalIn, refused } from "./github-failure.ts";
import type { ReadAnswer } from "./reader.ts";

/** Where GitHub is, and how it is asked. */
export interface GithubClientOptions extends Access {
  /** The API's root; paths are appended. */
  readonly baseUrl: string;
  readonly token: string;
  /** Whether this is GitHub's cloud, and not a server of one's own. */
  readonly isPublic: boolean;
  /** Ends every request. */
  readonly signal: AbortSignal;
  /** Longest wait that GitHub may ask for. */
  readonly longestWaitMs: number;
  /** Silence after which a request counts as lost. */
  readonly timeoutMs: number;
}

export type Query = Readonly<Record<string, string | number | boolean>>;

/** What a write sends. */
export interface Sent {
  readonly body?: object;
  /** Whether sending it twice does no harm. PUT and DELETE are so; POST and PATCH only when said here. */
  readonly repeatable?: boolean;
}

/** As many items as GitHub puts on a page. */
export const PAGE_SIZE = 100;

type WriteMethod = "POST" | "PUT" | "PATCH" | "DELETE";
type Parameters = Readonly<Record<string, unknown>>;
type Response = Awaited<ReturnType<Octokit["request"]>>;

const repository = z.object({ full_name: z.string() });

/**
 * All methods throw ServiceError, ConnectionError, UnreadableAnswerError or the signal's reason. What has moved is followed for reading; a
 * write there is refused, with the present name.
 */
export class GithubClient {
  readonly #options: GithubClientOptions;
  #octokit: Promise<Octokit> | undefined;

  constructor(options: GithubClientOptions) {
    this.#options = options;
  }

  /** GET. */
  async read<Answer>(path: string, schema: z.ZodType<Answer>, query: Query = {}): Promise<Answer> {
    const { data } = await this.#call("GET", path, query);
    return readAnswer(schema, data, nameOf("GET", path));
  }

  /** GET, where an absent object is no error. */
  find<Answer>(path: string, schema: z.ZodType<Answer>, query?: Query): Promise<Answer | undefined> {
    return unlessAbsent(this.read(path, schema, query));
  }

  /** GET of what answers without a body: whether it is there. */
  async has(path: string): Promise<boolean> {
    return (await unlessAbsent(this.#call("GET", path))) !== undefined;
  }

  /** All items of a list, from all its pages. */
  async list<Item>(path: string, item: z.ZodType<Item>, query: Query = {}): Promise<Item[]> {
    const { signal } = this.#options;
    return this.#explained("GET", path, async (octokit) => {
      const items: Item[] = [];
      const parameters = { ...query, per_page: PAGE_SIZE, request: { signal } };
      for await (const { data } of octokit.paginate.iterator(`GET ${path}`, parameters))
        items.push(...readAnswer(z.array(item), data, nameOf("GET", path)));
      return items;
    });
  }

  /** A write that answers with what it has written. */
  async write<Answer>(method: WriteMethod, path: string, schema: z.ZodType<Answer>, sent: Sent): Promise<Answer> {
    return readAnswer(schema, await this.send(method, path, sent), nameOf(method, path));
  }

  /** A write whose answer nobody needs. */
  async send(method: WriteMethod, path: string, { body, repeatable }: Sent = {}): Promise<unknown> {
    const isRepeatable = repeatable ?? (method === "PUT" || method === "DELETE");
    // A redirect that is followed would turn a POST into a GET.
    const request = { redirect: "manual", ...(!isRepeatable && { retries: 0 }) };
    const { status, data, headers } = await this.#call(method, path, { ...(body && { data: body }), request });
    if (status < 300) return data;
    const moved = await this.#moved(path);
    const refusal = { status, headers: { location: moved?.to ?? headers.location }, body: moved };
    throw refused(refusal, nameOf(method, path), this.#options);
  }

  /** DELETE, where an absent object is no error. */
  async remove(path: string): Promise<void> {
    await unlessAbsent(this.send("DELETE", path));
  }

  /** GET or HEAD, and the whole answer, whatever its status; only a limit that is used up is an error. */
  async ask(method: "GET" | "HEAD", path: string): Promise<ReadAnswer> {
    const request = `GitHub ${method} ${path.replace(/\?.*/, "")}`;
    const { status, headers, body } = await this.#explained(method, path, async (octokit) => {
      try {
        const answer = await octokit.request(this.#parameters(method, path));
        return {
          status: answer.status,
          headers: answer.headers as ReadAnswer["headers"],
          body: answer.data as unknown,
        };
      } catch (error) {
        const refusal = refusalIn(error);
        if (!refusal || askedWait(refusal).limited) throw error;
        return refusal;
      }
    });
    return { request, status, headers, body: body === "" ? undefined : body };
  }

  #call(method: string, path: string, parameters: Parameters = {}): Promise<Response> {
    return this.#explained(method, path, (octokit) => octokit.request(this.#parameters(method, path, parameters)));
  }

  #parameters(method: string, path: string, { request = {}, ...others }: Parameters = {}) {
    return { ...others, method, url: path, request: { ...(request as object), signal: this.#options.signal } } as never;
  }

  /** Ends at once when aborted, although Octokit waits on. */
  async #explained<Result>(method: string, path: string, work: (octokit: Octokit) => Promise<Result>): Promise<Result> {
    const { signal } = this.#options;
    signal.throwIfAborted();
    const ended = new AbortController();
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { signal: ended.signal });
    });
    try {
      return await Promise.race([this.#client().then(work), aborted]);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof UnreadableAnswerError ? error : failureOf(error, nameOf(method, path), this.#options);
    } finally {
      ended.abort();
    }
  }

  #client(): Promise<Octokit> {
    this.#octokit ??= import("./octokit.ts").then(({ makeOctokit }) => makeOctokit(this.#options));
    return this.#octokit;
  }

  /** What a repository is called now, by any name that it had. */
  async #moved(path: string): Promise<{ to: string; message: string } | undefined> {
    const [place, owner, name] = /^\/repos\/([^/]+)\/([^/]+)/.exec(path) ?? [];
    const { full_name: to } = (place && (await this.find(place, repository))) || {};
    return to === undefined ? undefined : { to, message: `${owner}/${name} is called ${to} now` };
  }
}

function nameOf(method: string, path: string): RequestName {
  return { service: "GitHub", method, path };
}

async function unlessAbsent<Answer>(request: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isStatus(error, 404)) return undefined;
    throw error;
  }
}
