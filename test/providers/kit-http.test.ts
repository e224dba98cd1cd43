import assert from "node:assert/strict";
import { HttpClient, type HttpOptions } from "../../providers/kit/http.ts";
import { allPages } from "../../providers/kit/paging.ts";
import { askedWaitMs, DEFAULT_LIMITS, waitBefore } from "../../providers/kit/retry.ts";
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
    await assert.rejects(clientOf().call(context(), "GET", "/parcels"), /answered 429/);
    assert.equal(service.requests.length, 1);
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
  it("reads the wait that an answer asks for", () => {
    const now = Date.UTC(2026, 0, 1);
    assert.equal(askedWaitMs({ "retry-after": "7" }, now), 7_000);
    assert.equal(askedWaitMs({ "retry-after": new Date(now + 4_000).toUTCString() }, now), 4_000);
    assert.equal(askedWaitMs({ "retry-after": new Date(now - 4_000).toUTCString() }, now), 0);
    assert.equal(askedWaitMs({ "x-ratelimit-reset": "12" }, now), 12_000);
    assert.equal(askedWaitMs({ "x-ratelimit-reset": String(now / 1000 + 9) }, now), 9_000);
    assert.equal(askedWaitMs({ "retry-after": "soon" }, now), undefined);
    assert.equal(askedWaitMs({}, now), undefined);
  });

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
    assert.deepEqual(await allPages(async (cursor = "") => pages[cursor as keyof typeof pages]), [1, 2, 3]);
    await assert.rejects(
      allPages(async () => ({ items: [1], next: "again" })),
      /answered the page token "again" twice/,
    );
  });
});
