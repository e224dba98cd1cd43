/** Lists of GitHub's that come in pages ("Using pagination in the REST API"), where more is asked for than their items. */
import { z } from "zod";
import { list, optional } from "../../providers/kit/answer.ts";
import { type GithubClient, PAGE_SIZE } from "./github-client.ts";
import type { ReadAnswer, Reader } from "./reader.ts";

/**
 * The answer for a list, with the items of all its pages; the first one that is a refusal instead.
 * @throws as the reader does.
 */
export async function allPages(reader: Pick<Reader, "get">, path: string): Promise<ReadAnswer> {
  const first = await reader.get(`${path}?per_page=${PAGE_SIZE}`);
  const items: unknown[] = [];
  for (let answer = first; ; ) {
    if (!Array.isArray(answer.body)) return answer;
    items.push(...answer.body);
    const next = nextPage(answer);
    if (next === undefined) return { ...first, body: items };
    answer = await reader.get(`${path}${next}`);
  }
}

/** The query of the next page. Its whole address may be another than the one that was asked. */
function nextPage({ headers }: ReadAnswer): string | undefined {
  const [, address = ""] = /<([^>]+)>;\s*rel="next"/.exec(String(headers["link"] ?? "")) ?? [];
  return URL.parse(address)?.search;
}

/**
 * The items of a list that stands under a name in an answer, from all its pages; undefined where there is no such object.
 * @throws as the client does.
 */
export async function itemsIn<Item>(
  client: Pick<GithubClient, "find">,
  path: string,
  name: string,
  item: z.ZodType<Item>,
): Promise<Item[] | undefined> {
  const schema = z.object({ total_count: optional(z.number()), [name]: list(item) });
  const items: Item[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await client.find(path, schema, { per_page: PAGE_SIZE, page });
    if (!answer) return page === 1 ? undefined : items;
    const found = answer[name] as Item[];
    items.push(...found);
    if (found.length < PAGE_SIZE || items.length >= Number(answer["total_count"] ?? Number.POSITIVE_INFINITY))
      return items;
  }
}
