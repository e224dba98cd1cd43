/** A vendor's API for a provider: requests with checked answers, objects that may be gone, lists in pages. */
import type { z } from "zod";
import { HttpClient, type HttpOptions, type Method, type RequestContext, type RequestOptions } from "./http.ts";
import { allPages, type Page } from "./paging.ts";
import { isStatus } from "./service-error.ts";

/** What a vendor's client is made from. */
export interface VendorOptions extends HttpOptions {
  /** Statuses that say an object is gone; 404 alone when left out. */
  readonly absent?: readonly number[];
}

/** Parameters of a request's query. */
export type Query = NonNullable<RequestOptions["query"]>;

/** What an API function needs: the client, and its call's lifetime. A `CallContext` fits. */
export interface ApiContextOf<Client> extends RequestContext {
  readonly client: Client;
}

/** What the clients of all vendors share. Methods throw as `HttpClient` does, and when an answer is not as described. */
export class VendorClient {
  readonly #http: HttpClient;
  readonly #service: string;
  readonly #absent: readonly number[];

  constructor({ absent = [404], ...options }: VendorOptions) {
    this.#http = new HttpClient(options);
    this.#service = options.service;
    this.#absent = absent;
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
    query: Query = {},
  ): Promise<Answer | undefined> {
    try {
      return await this.call(context, "GET", path, answer, { query });
    } catch (error) {
      if (this.#isGone(error)) return undefined;
      throw error;
    }
  }

  /** DELETE of an object that may be gone; false when the vendor did not find it. */
  async remove(context: RequestContext, path: string, query: Query = {}): Promise<boolean> {
    try {
      await this.send(context, "DELETE", path, { query });
      return true;
    } catch (error) {
      if (this.#isGone(error)) return false;
      throw error;
    }
  }

  /**
   * All items of a list that is answered in pages. `inQuery` asks for the page at a cursor (the first has none), `read`
   * takes the items and the next cursor out of an answer.
   */
  protected pages<Answer, Item>(
    context: RequestContext,
    path: string,
    answer: z.ZodType<Answer>,
    inQuery: (cursor: string | undefined) => Query,
    read: (answer: Answer) => Page<Item>,
  ): Promise<Item[]> {
    return allPages({ service: this.#service, method: "GET", path }, async (cursor) =>
      read(await this.call(context, "GET", path, answer, { query: inQuery(cursor) })),
    );
  }

  #isGone(error: unknown): boolean {
    return isStatus(error, ...this.#absent);
  }
}

/** Part of a path: an id or a name as given by a user. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}
