/** GitHub's API as the command line asks it, against a server that answers what the real one is known to. */
import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { githubClient, githubReader } from "../../cli/services/github.ts";
import { VERSION } from "../../providers/kit/version.ts";

type Answering = (request: IncomingMessage, response: ServerResponse, count: number) => void;

const named = z.object({ full_name: z.string() });

describe("GitHub, as the command line asks it", () => {
  const server = createServer((request, response) => {
    const { method = "", url = "" } = request;
    asked.push(`${method} ${url}`);
    senders.add(request.headers["user-agent"] ?? "none");
    answer(request, response, asked.length);
  });
  let answer: Answering;
  let asked: string[] = [];
  let senders = new Set<string>();
  let address: string;

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const answers = (given: Answering): void => {
    answer = given;
    asked = [];
    senders = new Set();
  };
  const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  const env = () => ({ GITHUB_TOKEN: "t0ken-of-github", GITHUB_BASE_URL: address });
  const client = (signal = new AbortController().signal) => githubClient(env(), { signal, permission: "repo" });
  const told = async (work: Promise<unknown>): Promise<string> => {
    const error = await work.then(
      () => assert.fail("it succeeds"),
      (failure: Error) => failure,
    );
    assert.ok(!error.message.includes("t0ken"), error.message);
    return error.message;
  };

  it("names its sender, below an Enterprise server's path, with the token", async () => {
    answers((request, response) => {
      assert.equal(request.headers.authorization, "token t0ken-of-github");
      json(response, 200, { full_name: "acme/site" });
    });
    assert.deepEqual(await client().read("/repos/acme/site", named), { full_name: "acme/site" });
    await client().send("POST", "/repos/acme/site/issues", { body: { title: "x" } });
    await githubReader(env(), new AbortController().signal).head("/user");
    assert.deepEqual(asked, [
      "GET /api/v3/repos/acme/site",
      "POST /api/v3/repos/acme/site/issues",
      "HEAD /api/v3/user",
    ]);
    for (const sender of senders) assert.match(sender, new RegExp(`^delivery/${VERSION} `));
  });

  it("reads a list to its end", async () => {
    answers((request, response) => {
      const page = Number(new URL(request.url ?? "", address).searchParams.get("page") ?? 1);
      const next = `<${address}/api/v3/items?per_page=100&page=${page + 1}>; rel="next"`;
      json(response, 200, [{ id: page }], page < 3 ? { link: next } : {});
    });
    const items = await client().list("/items", z.object({ id: z.number() }));
    assert.deepEqual(items, [{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  describe("waits for a limit, and sends the request again", () => {
    const soon = () => String(Math.ceil(Date.now() / 1000));
    for (const [what, status, headers, message] of [
      ["a secondary limit", 403, () => ({ "retry-after": "1" }), "You have exceeded a secondary rate limit."],
      ["retry-after in other words", 403, () => ({ "retry-after": "1" }), "Slow down."],
      ["429 with retry-after", 429, () => ({ "retry-after": "1" }), "Too many requests"],
      ["no request left", 403, () => ({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": soon() }), "API rate limit"],
    ] as const)
      it(what, async () => {
        answers((_, response, count) =>
          count === 1 ? json(response, status, { message }, headers()) : json(response, 201, { full_name: "a/b" }),
        );
        assert.deepEqual(await client().write("POST", "/x", named, { body: {} }), { full_name: "a/b" });
        assert.equal(asked.length, 2);
      });
  });

  it("says until when a limit holds that is too long to wait for", async () => {
    const reset = Math.floor(Date.now() / 1000) + 3600;
    const end = new Date(reset * 1000).toISOString().slice(0, 16);
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) };
    answers((_, response) => json(response, 403, { message: "API rate limit exceeded" }, headers));
    const until = new RegExp(`^GitHub (GET|POST) /user answered 403: API rate limit exceeded.* until ${end}`);
    assert.match(await told(client().read("/user", named)), until);
    assert.match(await told(client().send("POST", "/user")), until);
    assert.match(await told(githubReader(env(), new AbortController().signal).get("/user")), until);
    assert.equal(asked.length, 3);
  });

  it("takes a refusal for one, and not for a limit", async () => {
    const headers = {
      "x-ratelimit-remaining": "4999",
      "x-ratelimit-reset": "9999999999",
      "x-github-request-id": "AB:12",
    };
    answers((_, response) => json(response, 403, { message: "Resource not accessible" }, headers));
    const message = await told(client().read("/user", named));
    assert.match(
      message,
      /^GitHub GET \/user answered 403: Resource not accessible \(request id AB:12\)\. The token in GITHUB_TOKEN/,
    );
    assert.equal(asked.length, 1);
  });

  it("repeats what is safe to repeat, and nothing else", async () => {
    for (const [work, times] of [
      [() => client().read("/x", named), 2],
      [() => client().send("PUT", "/x"), 2],
      [() => client().send("PATCH", "/x", { repeatable: true }), 2],
      [() => client().send("PATCH", "/x"), 1],
      [() => client().send("POST", "/x"), 1],
    ] as const) {
      answers((_, response, count) =>
        count === 1 ? json(response, 502, { message: "Bad gateway" }) : json(response, 200, { full_name: "a/b" }),
      );
      if (times === 2) await work();
      else assert.match(await told(work()), /answered 502: Bad gateway/);
      assert.equal(asked.length, times);
    }
  });

  it("follows what has moved for reading, and refuses to write there, with the present name", async () => {
    const moved = (request: IncomingMessage, response: ServerResponse, status: number): void => {
      const { method, url = "" } = request;
      if (url.startsWith("/api/v3/repositories/7")) json(response, 200, { full_name: "acme/website", method });
      else json(response, status, {}, { location: `${address}${url.replace("/repos/acme/site", "/repositories/7")}` });
    };
    for (const status of [301, 302, 307, 308]) {
      answers((request, response) => moved(request, response, status));
      assert.deepEqual(await client().read("/repos/acme/site", named), { full_name: "acme/website" });
      assert.match(
        await told(client().send("POST", "/repos/acme/site/statuses/abc", { body: {} })),
        /^GitHub POST \/repos\/acme\/site\/statuses\/abc answered 30\d: acme\/site is called acme\/website now\. It has moved/,
      );
      assert.deepEqual(
        asked.filter((one) => one.startsWith("POST")),
        ["POST /api/v3/repos/acme/site/statuses/abc"],
      );
    }
  });

  describe("says in one line what cannot be read", () => {
    const html = "<!doctype html>\u001b[31m<title>Maintenance</title>";
    for (const [what, body, expected] of [
      ["a page", html, "answered an HTML page where JSON is needed"],
      ["half of an answer", '{"full_name": "acm', "answered JSON that is cut off where JSON is needed"],
      ["nothing", "", "answered nothing where JSON is needed"],
      ["another shape", "[]", "answered a list where an object is needed"],
      ["a missing field", "{}", "answered nothing for full_name, which has to be a string"],
      [
        "a field of another type",
        JSON.stringify({ full_name: { "\u001b[2J": 1 } }),
        "answered an object for full_name, which has to be a string",
      ],
    ] as const)
      it(what, async () => {
        const type = body === html ? "text/html" : "application/json; charset=utf-8";
        answers((_, response) => response.writeHead(200, { "content-type": type }).end(body));
        for (const [method, work] of [
          ["GET", () => client().read("/x", named)],
          ["POST", () => client().write("POST", "/x", named, {})],
        ] as const) {
          const message = await told(work());
          assert.ok(message.startsWith(`GitHub ${method} /x ${expected}`), message);
          assert.doesNotMatch(message, /\p{Cc}/u);
        }
      });
  });

  it("says in one line what cannot be read of a list", async () => {
    for (const [type, body, expected] of [
      ["text/html", "<p>Maintenance", "answered an HTML page where JSON is needed"],
      ["application/json", "{}", "answered an object where a list is needed"],
      ["application/json", '[{"full_name":"a/b"},null]', "answered null for [1], which has to be an object"],
    ] as const) {
      answers((_, response) => response.writeHead(200, { "content-type": type }).end(body));
      const message = await told(client().list("/x", named));
      assert.match(message, /^GitHub GET \/(api\/v3\/)?x answered/);
      assert.ok(message.includes(expected), message);
    }
  });

  it("ends at once when it is aborted, also while it waits", async () => {
    const abort = new AbortController();
    answers((_, response) => {
      json(response, 429, {}, { "retry-after": "60" });
      setTimeout(() => abort.abort(new Error("enough")), 50);
    });
    assert.equal(await told(client(abort.signal).read("/user", named)), "enough");
  });

  it("names the address when nothing answers there", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const unreachable = { ...env(), GITHUB_BASE_URL: `http://127.0.0.1:${port}` };
    const { signal } = new AbortController();
    const message = await told(githubClient(unreachable, { signal, permission: "repo" }).send("POST", "/user"));
    assert.match(
      message,
      /^GitHub POST \/user at http:\/\/127\.0\.0\.1:\d+\/api\/v3 got no answer: .*ECONNREFUSED.*Check the network/,
    );
  });
});
