import assert from "node:assert/strict";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { parseEnvelope } from "../../sandbox/services/sentry/envelope.ts";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

const eventId = (number: number): string => number.toString(16).padStart(32, "0");
const event = (number: number, value = "boom") => ({
  event_id: eventId(number),
  platform: "python",
  environment: "production",
  transaction: "/checkout/",
  exception: { values: [{ type: "ValueError", value }] },
});

describe("emulated Sentry: event intake", () => {
  let services: ServicesUnderTest;
  let projectId: string;
  let key: { id: string; public: string; dsn: { public: string } };
  beforeEach(async () => {
    services = await startForTest();
    await services.sentry("POST", "/api/0/organizations/acme/teams/", { slug: "site" });
    projectId = (await services.sentry("POST", "/api/0/teams/acme/site/projects/", { name: "web" })).body.id;
    [key] = (await services.sentry("GET", "/api/0/projects/acme/web/keys/")).body;
  });
  afterEach(() => services.close());

  const web = (path: string) => services.sentry("GET", `/api/0/projects/acme/web/${path}`);
  const authorized = () => ({
    "X-Sentry-Auth": `Sentry sentry_version=7, sentry_key=${key.public}, sentry_client=test/1`,
  });
  const envelope = (payload: object, header: object = {}): string => {
    const body = JSON.stringify(payload);
    return `${JSON.stringify(header)}\n${JSON.stringify({ type: "event", length: body.length })}\n${body}\n`;
  };
  const send = (body: string | Uint8Array, headers: Record<string, string> = authorized()) =>
    services.sentry("POST", `/api/${projectId}/envelope/`, body, { Authorization: "", ...headers });

  it("shows what a site sent as issue and event", async () => {
    const answer = await send(envelope(event(1)));
    assert.deepEqual([answer.status, answer.body], [200, { id: eventId(1) }]);
    const [issue] = (await web("issues/")).body;
    assert.deepEqual(
      [issue.title, issue.culprit, issue.count, issue.shortId],
      ["ValueError: boom", "/checkout/", "1", "WEB-1"],
    );
    const [summary] = (await web("events/")).body;
    assert.deepEqual([summary.eventID, summary.groupID, summary.title], [eventId(1), issue.id, "ValueError: boom"]);
    const detail = (await web(`events/${eventId(1)}/`)).body;
    assert.equal(detail.entries[0].data.values[0].type, "ValueError");
    assert.ok((await web("")).body.firstEvent);
  });

  it("groups equal errors and counts a repeated event once", async () => {
    await send(envelope(event(1)));
    await send(envelope(event(2)));
    await send(envelope(event(2)));
    await send(envelope(event(3, "another")));
    const counts = (await web("issues/")).body.map(({ title, count }: { title: string; count: string }) => [
      title,
      count,
    ]);
    assert.deepEqual(counts, [
      ["ValueError: another", "1"],
      ["ValueError: boom", "2"],
    ]);
  });

  it("reads every compression that clients use", async () => {
    const encodings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync };
    for (const [index, [encoding, compress]] of Object.entries(encodings).entries()) {
      const body = compress(envelope(event(index + 1)));
      assert.equal((await send(body, { ...authorized(), "Content-Encoding": encoding })).status, 200, encoding);
    }
    assert.equal((await web("events/")).body.length, 4);
    assert.equal((await send("x", { ...authorized(), "Content-Encoding": "gzip" })).status, 400);
  });

  it("takes the key from the query or the envelope's DSN, and events at the older route", async () => {
    assert.equal((await send(envelope(event(1), { dsn: key.dsn.public }), {})).status, 200);
    const store = `/api/${projectId}/store/?sentry_key=${key.public}&sentry_version=7`;
    assert.deepEqual((await services.sentry("POST", store, event(2))).body, { id: eventId(2) });
  });

  it("refuses a missing, foreign or disabled key", async () => {
    assert.equal((await send(envelope(event(1)), {})).status, 401);
    const foreign = await send(envelope(event(1)), { "X-Sentry-Auth": `Sentry sentry_key=${eventId(7)}` });
    assert.deepEqual([foreign.status, foreign.body.detail], [403, "event submission rejected with_reason: ProjectId"]);
    await services.sentry("PUT", `/api/0/projects/acme/web/keys/${key.id}/`, { isActive: false });
    const disabled = await send(envelope(event(1)));
    assert.equal(disabled.body.detail, "event submission rejected with_reason: DisabledKey");
    assert.deepEqual((await web("events/")).body, []);
  });

  it("counts sessions and transactions without keeping them", async () => {
    await send('{}\n{"type":"transaction"}\n{"spans":[]}\n{"type":"session"}\n{}\n');
    assert.deepEqual((await web("events/")).body, []);
    assert.deepEqual([(await web("")).body.firstTransactionEvent, (await web("")).body.hasSessions], [true, true]);
  });

  it("splits envelopes by length, so that a payload may hold line breaks", () => {
    const body = Buffer.from('{"event_id":"1"}\n{"type":"attachment","length":5}\na\nb\nc\n{"type":"event"}\n{"a":1}');
    const { header, items } = parseEnvelope(body);
    assert.deepEqual(header, { event_id: "1" });
    assert.deepEqual(
      items.map(({ type, payload }) => [type, payload.toString()]),
      [
        ["attachment", "a\nb\nc"],
        ["event", '{"a":1}'],
      ],
    );
    assert.throws(() => parseEnvelope(Buffer.from('{}\n{"type":"event","length":99}\n{}')), /shorter/);
    assert.throws(() => parseEnvelope(Buffer.from("no header")));
  });
});
