import assert from "node:assert/strict";
import { z } from "zod";
import type { GithubClient } from "../../cli/services/github-client.ts";
import { allPages, itemsIn } from "../../cli/services/github-pages.ts";
import type { ReadAnswer } from "../../cli/services/reader.ts";

describe("a list of GitHub's in pages", () => {
  const all = Array.from({ length: 250 }, (_, id) => ({ id }));
  const pageOf = (page: number) => all.slice((page - 1) * 100, page * 100);
  const answering = (answers: Readonly<Record<string, Partial<ReadAnswer>>>) => ({
    get: async (path: string): Promise<ReadAnswer> => ({
      ...{ request: `GitHub GET ${path}`, status: 200, headers: {}, body: undefined },
      ...(answers[path] ?? assert.fail(path)),
    }),
  });
  const next = (page: number) => ({
    link: `<https://github.acme.com/api/v3/repositories/7/hooks?per_page=100&page=${page}>; rel="next", <https://x/?page=3>; rel="last"`,
  });

  it("is read to its end", async () => {
    const reader = answering({
      "/hooks?per_page=100": { body: pageOf(1), headers: next(2) },
      "/hooks?per_page=100&page=2": { body: pageOf(2), headers: next(3) },
      "/hooks?per_page=100&page=3": { body: pageOf(3), headers: { link: '<https://x/?page=1>; rel="first"' } },
    });
    const { body, status } = await allPages(reader, "/hooks");
    assert.deepEqual([status, body], [200, all]);
  });

  it("is a refusal where one of its pages is", async () => {
    const refusal = { status: 403, body: { message: "no" } };
    assert.equal((await allPages(answering({ "/hooks?per_page=100": refusal }), "/hooks")).status, 403);
    const later = answering({
      "/hooks?per_page=100": { body: pageOf(1), headers: next(2) },
      "/hooks?per_page=100&page=2": refusal,
    });
    assert.equal((await allPages(later, "/hooks")).status, 403);
  });

  describe("that stands under a name", () => {
    const asked: unknown[] = [];
    const client = (total: number | undefined, absentFrom = 9) =>
      ({
        find: async (_path: string, schema: z.ZodType, query: { page: number }) => {
          asked.push(query);
          if (query.page >= absentFrom) return undefined;
          return schema.parse({ total_count: total, check_runs: pageOf(query.page) });
        },
      }) as unknown as Pick<GithubClient, "find">;
    const item = z.object({ id: z.number() });

    it("is read to its end, whether or not its number is told", async () => {
      for (const total of [250, undefined])
        assert.deepEqual(await itemsIn(client(total), "/check-runs", "check_runs", item), all);
      assert.deepEqual(asked[0], { per_page: 100, page: 1 });
    });

    it("ends where its number says so, and is none where there is no such object", async () => {
      asked.length = 0;
      assert.equal((await itemsIn(client(100), "/check-runs", "check_runs", item))?.length, 100);
      assert.equal(asked.length, 1);
      assert.equal(await itemsIn(client(0, 1), "/check-runs", "check_runs", item), undefined);
    });
  });
});
