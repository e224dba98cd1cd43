/** CircleCI's API ("CircleCI API v2", and "CircleCI API v1.1" for following): requests with checked answers. */
import { z } from "zod";
import { list, optional } from "../../kit/answer.ts";
import type { Patience, RequestContext } from "../../kit/http.ts";
import { SharedLists } from "../../kit/shared-list.ts";
import { type ApiContextOf, type Query, VendorClient } from "../../kit/vendor-client.ts";
import type { ContextVariableAnswer } from "./answers.ts";

const DEFAULT_BASE_URL = "https://circleci.com";

/** What an API function needs. */
export type ApiContext = ApiContextOf<CircleciClient>;

/** A client of CircleCI's API. Paths start with /api/. */
export class CircleciClient extends VendorClient {
  /** The variables of contexts, by context: CircleCI shows none alone. */
  readonly contextVariables = new SharedLists<ContextVariableAnswer[]>();

  /** @param patience how long it waits for answers and between attempts; the client's own when left out. */
  constructor(token: string, baseUrl: string = DEFAULT_BASE_URL, patience: Patience = {}) {
    super({
      ...patience,
      service: "CircleCI",
      baseUrl,
      headers: { "circle-token": token },
      tokenVariable: "CIRCLE_TOKEN",
      permission: "a personal API token of an administrator of the organization",
    });
  }

  /** All items of a list that is answered in pages of `{items, next_page_token}`. */
  list<Item>(context: RequestContext, path: string, item: z.ZodType<Item>, query: Query = {}): Promise<Item[]> {
    const page = z.object({ items: list(item), next_page_token: optional(z.string()) });
    return this.pages(
      context,
      path,
      page,
      (token) => ({ ...query, "page-token": token }),
      ({ items, next_page_token: next }) => ({ items, next: next || undefined }),
    );
  }
}
