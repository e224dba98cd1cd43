/** Render's API ("Render Public API"): requests with checked answers. */
import { z } from "zod";
import { list, optional } from "../../kit/answer.ts";
import { HttpClient, type Method, type Patience, type RequestContext, type RequestOptions } from "../../kit/http.ts";
import { allPages } from "../../kit/paging.ts";
import { isStatus } from "../../kit/service-error.ts";

const DEFAULT_BASE_URL = "https://api.render.com";
const PAGE_SIZE = 100;

/** What an API function needs: the client, and its call's lifetime. A `CallContext` fits. */
export interface ApiContext extends RequestContext {
  readonly client: RenderClient;
}

type Query = NonNullable<RequestOptions["query"]>;

/** A client of Render's API. Methods throw as `HttpClient` does, and when an answer is not as described. */
export class RenderClient {
  readonly #http: HttpClient;

  /** @param patience how long it waits for answers and between attempts; the client's own when left out. */
  constructor(token: string, baseUrl: string = DEFAULT_BASE_URL, patience: Patience = {}) {
    this.#http = new HttpClient({
      ...patience,
      service: "Render",
      baseUrl: apiUrl(baseUrl),
      headers: { authorization: `Bearer ${token}` },
      tokenVariable: "RENDER_API_KEY",
      permission: "an API key of a member of the workspace, made under Account Settings, API Keys",
    });
  }

  /** Sends a request whose answer does not matter. */
  async send(context: RequestContext, method: Method, path: string, options?: RequestOptions): Promise<void> {
    await this.#http.call(context, method, path, options);
  }

  /** Sends a request and checks its answer. */
  async call<Answer>(
    context: RequestContext,
    method: Method,
    path: string,
    answer: z.ZodType<Answer>,
    options?: RequestOptions,
  ): Promise<Answer> {
    return await this.#http.call(context, method, path, { ...options, answer });
  }

  /** GET of an object that may be gone. */
  async find<Answer>(
    context: RequestContext,
    path: string,
    answer: z.ZodType<Answer>,
    query?: Query,
  ): Promise<Answer | undefined> {
    try {
      return await this.call(context, "GET", path, answer, query && { query });
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  /** DELETE of an object that may be gone; false when Render did not find it. */
  async remove(context: RequestContext, path: string, query?: Query): Promise<boolean> {
    try {
      await this.send(context, "DELETE", path, query && { query });
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }

  /** All items of a list that is answered in pages of `{cursor, <key>: item}`. */
  list<Item>(
    context: RequestContext,
    path: string,
    key: string,
    item: z.ZodType<Item>,
    query: Query = {},
  ): Promise<Item[]> {
    const answer = list(z.object({ [key]: item, cursor: optional(z.string()) }));
    return allPages({ service: "Render", method: "GET", path }, async (cursor) => {
      const page = await this.call(context, "GET", path, answer, { query: { ...query, limit: PAGE_SIZE, cursor } });
      const next = page.length < PAGE_SIZE ? undefined : page.at(-1)?.["cursor"];
      return { items: page.map((entry) => entry[key] as Item), next: next as string | undefined };
    });
  }
}

/** Part of a path: an id or a name as given by a user. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}

function apiUrl(baseUrl: string): string {
  const trimmed = baseUrl.replace(/\/+$/, "");
  return trimmed.endsWith("/v1") ? trimmed : `${trimmed}/v1`;
}

/** Deleted objects are answered with 404, for a while also with 410. */
function isGone(error: unknown): boolean {
  return isStatus(error, 404, 410);
}
