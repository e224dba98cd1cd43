/** Render's API ("Render Public API"): requests with checked answers. */
import { z } from "zod";
import { list, optional } from "../../kit/answer.ts";
import type { Patience, RequestContext } from "../../kit/http.ts";
import { type ApiContextOf, type Query, VendorClient } from "../../kit/vendor-client.ts";

const DEFAULT_BASE_URL = "https://api.render.com";
const PAGE_SIZE = 100;

/** What an API function needs. */
export type ApiContext = ApiContextOf<RenderClient>;

/** A client of Render's API. */
export class RenderClient extends VendorClient {
  /** @param patience how long it waits for answers and between attempts; the client's own when left out. */
  constructor(token: string, baseUrl: string = DEFAULT_BASE_URL, patience: Patience = {}) {
    super({
      ...patience,
      service: "Render",
      baseUrl: apiUrl(baseUrl),
      headers: { authorization: `Bearer ${token}` },
      tokenVariable: "RENDER_API_KEY",
      permission: "an API key of a member of the workspace, made under Account Settings, API Keys",
      // Deleted objects are answered with 404, for a while also with 410.
      absent: [404, 410],
    });
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
    return this.pages(
      context,
      path,
      answer,
      (cursor) => ({ ...query, limit: PAGE_SIZE, cursor }),
      (page) => {
        const next = page.length < PAGE_SIZE ? undefined : page.at(-1)?.["cursor"];
        return { items: page.map((entry) => entry[key] as Item), next: next as string | undefined };
      },
    );
  }
}

function apiUrl(baseUrl: string): string {
  const trimmed = baseUrl.replace(/\/+$/, "");
  return trimmed.endsWith("/v1") ? trimmed : `${trimmed}/v1`;
}
