/** What a reader of whole answers makes of answers that say nothing, and of limits. */
import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Reader, serviceReader } from "../../cli/services/reader.ts";

type Given = readonly [status: number, text: string, headers?: Readonly<Record<string, string>>];

describe("reader of a service", () => {
  let server: Server;
  let reader: Reader;
  let answers: Given[];
  let asked: IncomingHttpHeaders[];

  beforeEach(async () => {
    [answers, asked] = [[], []];
    server = createServer((request, response) => {
      asked.push(request.headers);
      const [status, text, headers = {}] = (answers.length > 1 ? answers.shift() : answers[0]) ?? assert.fail();
      response.writeHead(status, headers).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    reader = serviceReader({ service: "Parcel", baseUrl, signal: new AbortController().signal });
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const unreadable: Readonly<Record<string, readonly [Given, came: string]>> = {
    "a page of HTML": [[200, "<html>Down for maintenance</html>"], "an HTML page"],
    "JSON that is cut off": [[200, '[{"id":'], "JSON that is cut off"],
    "an empty 200": [[200, ""], "nothing"],
    "an empty 204": [[204, ""], "nothing"],
  };
  for (const [what, [answer, came]] of Object.entries(unreadable))
    it(`asks again after ${what}, and does not take it for a success`, async () => {
      answers = [answer, [200, "[]"]];
      assert.deepEqual((await reader.get("/parcels")).body, []);
      answers = [answer];
      await assert.rejects(reader.get("/others"), (error: Error) => {
        assert.ok(
          error.message.startsWith(`Parcel GET /api/others answered ${came} where JSON is needed. `),
          error.message,
        );
        return true;
      });
    });

  it("gives every other answer as it is, whatever its body", async () => {
    answers = [[404, "<html>Not here</html>"]];
    const { status, body, request } = await reader.get("/parcels");
    assert.deepEqual(
      { status, body, request },
      {
        status: 404,
        body: "<html>Not here</html>",
        request: "Parcel GET /api/parcels",
      },
    );
    answers = [[200, ""]];
    assert.equal((await reader.head("/parcels")).status, 200);
  });

  it("waits where it asks too much, and says until when where that is long", async () => {
    answers = [
      [429, "", { "retry-after": "0" }],
      [403, "", { "retry-after": "0" }],
      [200, "{}"],
    ];
    assert.deepEqual((await reader.get("/parcels")).body, {});
    answers = [[429, '{"detail":"Slow down"}', { "x-sentry-rate-limit-reset": String(Date.now() / 1000 + 600) }]];
    await assert.rejects(
      reader.get("/others"),
      /^ServiceError: Parcel GET \/api\/others answered 429: Slow down\. Too many requests: no more are taken until 2\d{3}-.*Z; run the same/,
    );
    assert.equal(asked.length, 4);
  });

  it("names its sender", async () => {
    answers = [[200, "{}"]];
    await reader.get("/parcels");
    assert.match(asked[0]?.["user-agent"] ?? "", /^delivery\/\d/);
  });
});
