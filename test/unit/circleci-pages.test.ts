/** Where CircleCI's lists end. */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { CircleciClient } from "../../providers/circleci/plugin/client.ts";

describe("CircleCI's lists", () => {
  let server: Server;
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  /** The items of a list whose pages all lead to the same token. */
  const itemsOf = async (next: unknown): Promise<number[]> => {
    server = createServer((_, response) => response.end(JSON.stringify({ items: [1], next_page_token: next })));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const client = new CircleciClient("token", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return client.list({ signal: new AbortController().signal }, "/api/v2/context", z.number());
  };

  for (const next of [null, undefined, ""])
    it(`end with the token ${JSON.stringify(next)}`, async () => assert.deepEqual(await itemsOf(next), [1]));

  it("are refused in words when they do not end", () =>
    assert.rejects(
      itemsOf("again"),
      /CircleCI GET \/api\/v2\/context answers a list without an end: the page token "again" came twice/,
    ));
});
