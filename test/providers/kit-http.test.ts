import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { HttpClient, type HttpOptions, type RequestContext } from "../../providers/kit/http.ts";
import { allPages } from "../../providers/kit/paging.ts";
import { DEFAULT_LIMITS, waitBefore } from "../../providers/kit/retry.ts";
import { ConnectionError, ServiceError } from "../../providers/kit/service-error.ts";
import { type ParcelService, startParcelService } from "./fixtures/parcel-service.ts";

const busy = { kind: "answer", status: 429, headers: { "retry-after": "0" } } as const;
const down = { kind: "answer", status: 503, headers: { "retry-after": "0" } } as const;

describe("kit: HTTP client", () => {
  let service: ParcelService;
  beforeEach(async () => {
    service = await startParcelService();
  });
  afterEach(() => service.close());

  const clientOf = (options: Partial<HttpOptions> = {}): HttpClient =>
    new HttpClient({
      service: "Parcel",
      baseUrl: `${service.baseUrl}/`,
      headers: {},
      tokenVariable: "PARCEL_TOKEN",
      permission: "make one under Settings",
      limits: { ...DEFAULT_LIMITS, firstWaitMs: 1 },
      ...options,
    });
  const context = () => ({ signal: new AbortController().signal });
  const post = (client: HttpClient, repeatable?: boolean) =>
    client.call(context(), "POST", "/parcels", { body: { name: "box" }, ...(repeatable ? { repeatable } : {}) });

  it("shows no login of an address, in what the client says of it either", () => {
    const reason =
      "Request cannot be constructed from http://t0ken@shop.example/user, nor from http://u:t0ken@shop.example";
    const request = { service: "Parcel", method: "GET", path: "/user" };
    const { message } = new ConnectionError(request, "http://t0ken@shop.example", false, reason);
    assert.doesNotMatch(message, /t0ken/);
    assert.equal(message.match(/http:\/\/shop\.example/g)?.length, 3);
  });

  it("repeats any request that was refused for being one too many", async () => {
    service.spoil("POST", busy, busy);
    await post(clientOf());
    assert.deepEqual(service.requests, ["POST /parcels", "POST /parcels", "POST /parcels"]);
    assert.equal(service.parcels.size, 1);
  });

  it("repeats reads and deletes after 502, 503, 504 and a cut connection", async () => {
    const client = clientOf();
    await post(client);
    service.spoil("GET", { ...down, status: 502 }, down, { ...down, status: 504 }, { kind: "refuse" });
    assert.equal((await client.call<{ name: string }>(context(), "GET", "/parcels/p1")).name, "box");
    service.spoil("DELETE", { kind: "lose" });
    await client.remove(context(), "/parcels/p1");
    assert.equal(service.parcels.size, 0);
  });

  it("does not repeat a POST whose effect is uncertain, unless told that it may", async () => {
    service.spoil("POST", down);
    await assert.rejects(post(clientOf()), ServiceError);
    service.spoil("POST", { kind: "lose" });
    await assert.rejects(post(clientOf()), (error) => error instanceof ConnectionError && error.sent);
    assert.equal(service.requests.length, 2);
    service.parcels.clear();
    service.spoil("POST", down);
    await post(clientOf(), true);
    assert.equal(service.requests.length, 4);
  });

  it("repeats what never left the machine, and says where it was meant to go", async () => {
    await service.close();
    await assert.rejects(post(clientOf({ limits: { ...DEFAULT_LIMITS, attempts: 2, firstWaitMs: 1 } })), (error) => {
      assert.ok(error instanceof ConnectionError);
      assert.equal(error.sent, false);
      assert.match(
        error.message,
        /^Parcel POST \/parcels at http:\/\/127\.0\.0\.1:\d+\/ got no answer: .*ECONNREFUSED.*base URL/,
      );
      return true;
    });
  });

  it("takes a long silence for a lost answer", async () => {
    service.spoil("POST", { kind: "hang" });
    await assert.rejects(post(clientOf({ timeoutMs: 50 })), (error) => {
      assert.ok(error instanceof ConnectionError && error.sent);
      assert.match(error.message, /silence for 0\.05 s/);
      return true;
    });
  });

  it("gives up after the last attempt, with what the service answered", async () => {
    service.spoil("GET", down, down, down);
    const client = clientOf({ limits: { ...DEFAULT_LIMITS, attempts: 3, firstWaitMs: 1 } });
    await assert.rejects(client.call(context(), "GET", "/parcels"), /answered 503 .*run the same command again later/);
    assert.equal(service.requests.length, 3);
  });

  it("does not wait longer than it is worth when the service asks for it", async () => {
    service.spoil("GET", { ...busy, headers: { "retry-after": "3600" } });
    const earliest = Date.now() + 3_600_000;
    await assert.rejects(clientOf().call(context(), "GET", "/parcels"), (error: Error) => {
      const [, until = ""] =
        /answered 429.*no more are taken until (\S+Z); run the same command/.exec(error.message) ?? [];
      assert.ok(Math.abs(Date.parse(until) - earliest) < 300_000, error.message);
      return true;
    });
    assert.equal(service.requests.length, 1);
  });

  it("waits when a 403 is a rate limit's, and only then", async () => {
    const limits = [{ "retry-after": "0" }, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" }];
    for (const headers of limits) {
      service.spoil("POST", { kind: "answer", status: 403, headers });
      await post(clientOf());
      service.parcels.clear();
    }
    assert.equal(service.requests.length, 4);
    const headers = { "x-ratelimit-remaining": "12", "x-ratelimit-reset": "1" };
    service.spoil("POST", { kind: "answer", status: 403, headers });
    await assert.rejects(post(clientOf()), /answered 403.*may not do this/);
    assert.equal(service.requests.length, 5);
  });

  it("does not wait for the end of a limit's window when the service is only down", async () => {
    const headers = { "x-ratelimit-remaining": "9", "x-ratelimit-reset": String(Date.now() / 1000 + 3_000) };
    service.spoil("GET", { kind: "answer", status: 503, headers });
    assert.deepEqual(await clientOf().call(context(), "GET", "/parcels"), []);
  });

  it("names its sender", async () => {
    await post(clientOf());
    await clientOf().find(context(), "/parcels/p9");
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    assert.deepEqual([...service.senders], [`delivery/${version}`]);
  });

  it("follows what is read to where it moved, and tells", async () => {
    await post(clientOf());
    for (const status of [301, 302, 307, 308]) {
      service.spoil("GET", { kind: "answer", status, headers: { location: "/parcels/p1" } });
      const moves: string[] = [];
      const moved: RequestContext["moved"] = ({ path }, to) => moves.push(`${path} -> ${to.pathname}`);
      const found = await clientOf().find<{ name: string }>({ ...context(), moved }, "/parcels/old");
      assert.deepEqual([found?.name, moves], ["box", ["/parcels/old -> /parcels/p1"]]);
    }
  });

  it("takes no token to another address, and follows no circle", async () => {
    service.spoil("GET", { kind: "answer", status: 301, headers: { location: "http://127.0.0.2:1/parcels" } });
    await assert.rejects(
      clientOf().call(context(), "GET", "/parcels"),
      /answered 301.*moved to http:\/\/127\.0\.0\.2:1/,
    );
    const circle = { kind: "answer", status: 302, headers: { location: "/parcels/p1" } } as const;
    service.spoil("GET", ...Array(9).fill(circle));
    await assert.rejects(clientOf().call(context(), "GET", "/parcels/p1"), /answered 302.*moved to \/parcels\/p1/);
  });

  it("writes nothing by an old name, and says the new one", async () => {
    const cases: [unknown, RegExp][] = [
      [{ slug: "website", detail: "moved" }, /It is called "website" now: use that name$/],
      [{ message: "Moved Permanently" }, /It has moved to \/parcels\/p7: use its new name$/],
    ];
    for (const [body, hint] of cases) {
      service.spoil("PUT", { kind: "answer", status: 301, body, headers: { location: "/parcels/p7" } });
      await assert.rejects(clientOf().call(context(), "PUT", "/parcels/old", { body: {} }), hint);
    }
    assert.deepEqual(service.requests, ["PUT /parcels/old", "PUT /parcels/old"]);
  });

  it("stops waiting at once when the call is aborted, and says that it waits", async () => {
    service.spoil("GET", { ...busy, headers: { "retry-after": "60" } });
    const abort = new AbortController();
    const told: string[] = [];
    const progress = (message: string): void => {
      told.push(message);
      abort.abort();
    };
    await assert.rejects(clientOf().call({ signal: abort.signal, progress }, "GET", "/parcels"), {
      name: "AbortError",
    });
    assert.match(told[0] ?? "", /waiting 6\d s.*429/);
  });

  it("tells each refusal with the request, the answer, its id and what to do", async () => {
    const expected: [number, RegExp][] = [
      [401, /Set PARCEL_TOKEN to a valid token: make one under Settings/],
      [403, /token in PARCEL_TOKEN may not do this/],
      [404, /does not exist, or the token in PARCEL_TOKEN may not see it/],
      [409, /import it, or choose another name/],
      [422, /Correct the value/],
      [500, /fault is on Parcel's side/],
    ];
    for (const [status, hint] of expected) {
      service.spoil("GET", { kind: "answer", status, body: { error: { message: "no\n\nway" } } });
      await assert.rejects(clientOf().call(context(), "GET", "/parcels/p1", { query: { q: "hidden" } }), (error) => {
        assert.ok(error instanceof ServiceError);
        assert.equal(error.status, status);
        assert.ok(error.message.startsWith(`Parcel GET /parcels/p1 answered ${status}: no way (request id req-1). `));
        assert.match(error.message, hint);
        return true;
      });
    }
  });

  it("shortens a page of HTML to its text", async () => {
    const body = `<html><head><style>p{}</style></head><body><p>Bad gateway</p>${"<p>x</p>".repeat(900)}</body></html>`;
    service.spoil("GET", { kind: "answer", status: 500, body });
    await assert.rejects(clientOf().call(context(), "GET", "/parcels"), (error: Error) => {
      assert.match(error.message, /answered 500: Bad gateway x x/);
      assert.ok(error.message.length < 700);
      return true;
    });
  });

  it("finds nothing where nothing is", async () => {
    assert.equal(await clientOf().find(context(), "/parcels/p9"), undefined);
    await clientOf().remove(context(), "/parcels/p9");
  });

  it("keeps the number of requests under way below its limit", async () => {
    const client = clientOf({ concurrency: 2 });
    service.spoil("GET", { kind: "hold" }, { kind: "hold" }, { kind: "hold" });
    const calls = [1, 2, 3].map(() => client.call(context(), "GET", "/parcels"));
    await service.requested("GET /parcels", 2);
    assert.equal(service.requests.length, 2);
    service.release();
    await Promise.race(calls);
    await service.requested("GET /parcels", 3);
    service.release();
    await Promise.all(calls);
  });
});

describe("kit: waits and pages", () => {
  it("doubles its own waits up to a limit, with jitter, and never undercuts one that was asked for", () => {
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      const ceiling = Math.min(DEFAULT_LIMITS.longestWaitMs, DEFAULT_LIMITS.firstWaitMs * 2 ** (attempt - 1));
      const own = waitBefore(attempt, undefined, DEFAULT_LIMITS);
      assert.ok(own >= ceiling / 2 && own <= ceiling);
      const asked = waitBefore(attempt, 5_000, DEFAULT_LIMITS);
      assert.ok(asked >= 5_000 && asked <= 5_500);
    }
  });

  it("follows page tokens to the end, and refuses a list that never ends", async () => {
    const pages = { "": { items: [1, 2], next: "b" }, b: { items: [3], next: "c" }, c: { items: [] } };
    const name = { service: "Parcel", method: "GET", path: "/parcels" };
    assert.deepEqual(await allPages(name, async (cursor = "") => pages[cursor as keyof typeof pages]), [1, 2, 3]);
    await assert.rejects(
      allPages(name, async () => ({ items: [1], next: "again" })),
      /^Error: Parcel GET \/parcels answers a list without an end: the page token "again" came twice$/,
    );
  });
});
