/** CircleCI's API ("CircleCI API v2", and "CircleCI API v1.1" for following): requests with checked answers. */
import { z } from "zod";
import { list, optional } from "../../kit/answer.ts";
import { HttpClient, type Method, type Patience, type RequestContext, type RequestOptions } from "../../kit/http.ts";
import { allPages } from "../../kit/paging.ts";

const DEFAULT_BASE_URL = "https://circleci.com";

/** What an API function needs: the client, and its call's lifetime. A `CallContext` fits. */
export interface ApiContext extends RequestContext {
  readonly client: CircleciClient;
}

/** A client of CircleCI's API. Paths start with /api/. Methods throw as `HttpClient` does. */
export class CircleciClient {
  readonly #http: HttpClient;

  /** @param patience how long it waits for answers and between attempts; the client's own when left out. */
  constructor(token: string, baseUrl: string = DEFAULT_BASE_URL, patience: Patience = {}) {
    this.#http = new HttpClient({
      ...patience,
      service: "CircleCI",
      baseUrl,
      headers: { "circle-token": token },
      tokenVariable: "CIRCLE_TOKEN",
      permission: "a personal API token of an administrator of the organization",
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
  find<Answer>(context: RequestContext, path: string, answer: z.ZodType<Answer>): Promise<Answer | undefined> {
    return this.#http.find(context, path, { answer });
  }

  /** DELETE of an object that may be gone. */
  remove(context: RequestContext, path: string): Promise<void> {
    return this.#http.remove(context, path);
  }

  /** All items of a list that is answered in pages of `{items, next_page_token}`. */
  list<Item>(
    context: RequestContext,
    path: string,
    item: z.ZodType<Item>,
    query: NonNullable<RequestOptions["query"]> = {},
  ): Promise<Item[]> {
    const page = z.object({ items: list(item), next_page_token: optional(z.string()) });
    return allPages({ service: "CircleCI", method: "GET", path }, async (token) => {
      const answer = await this.call(context, "GET", path, page, { query: { ...query, "page-token": token } });
      return { items: answer.items, next: answer.next_page_token || undefined };
    });
  }
}

/** Part of a path: an id or a name as given by a user. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}
