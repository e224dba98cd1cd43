import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { type RecordedCall, type RecordedFinding, recordedCheck, recordedRequests } from "./recorded/recordings.ts";
import { differences, type RecordedShape } from "./recorded/shape.ts";

const thing: RecordedShape = {
  ".": { object: 10 },
  id: { string: 10 },
  note: { "empty string": 4 },
  parts: { null: 7, array: 3 },
  "parts[]": { object: 5 },
  "parts[].size": { number: 5 },
  "parts[].colour": { string: 2 },
};

describe("an answer against recorded ones", () => {
  it("has no difference when each of its fields came so", () => {
    assert.deepEqual(differences({ id: "1", parts: null }, thing), []);
    assert.deepEqual(differences({ id: "1", note: "", parts: [{ size: 1 }, { size: 2, colour: "red" }] }, thing), []);
  });

  for (const [what, value, difference] of [
    ["a field that never came", { id: "1", parts: null, more: 1 }, "more is not recorded"],
    ["a field that was never absent", { parts: null }, "id is absent, recorded always"],
    ["an empty list in place of null", { id: "1", parts: [] }, "parts is empty array, recorded array or null"],
    ["text in place of an empty text", { id: "1", note: "x", parts: null }, "note is string, recorded empty string"],
    ["an empty text in place of text", { id: "", parts: null }, "id is empty string, recorded string"],
    ["null in place of text", { id: null, parts: null }, "id is null, recorded string"],
    ["an absence within a list", { id: "1", parts: [{ colour: "red" }] }, "parts[].size is absent, recorded always"],
    ["another type in a list", { id: "1", parts: [{ size: "1" }] }, "parts[].size is string, recorded number"],
    ["another whole", [], ". is empty array, recorded object"],
  ] as const) {
    it(`tells ${what}`, () => {
      assert.deepEqual(differences(value, thing), [difference]);
    });
  }

  it("tells the same difference of several items once", () => {
    const items = [
      { size: 1, weight: 2 },
      { size: 1, weight: 3 },
    ];
    assert.deepEqual(differences({ id: "1", parts: items }, thing), ["parts[].weight is not recorded"]);
  });
});

describe("a call against recorded ones", () => {
  const headers = { "ratelimit-limit: 10": 2, "ratelimit-reset: ...": 2 };
  const told = { "ratelimit-limit": "10", "ratelimit-reset": "60", "content-type": "application/json" };
  let folder: string;
  let check: (call: RecordedCall) => RecordedFinding | undefined;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "recorded-"));
    const recordings = {
      "POST /things/{thg}/parts -> 201": { rateLimit: headers, answer: { ".": { object: 2 }, id: { string: 2 } } },
      "POST /things/{thg}/parts -> 202": { rateLimit: headers },
      "GET /things/{thg}/parts/{name} -> 404": { answer: { ".": { object: 2 }, message: { string: 2 } } },
    };
    await writeFile(join(folder, "service.json"), JSON.stringify(recordings));
    check = recordedCheck(recordedRequests(folder, "service"));
  });
  after(() => rm(folder, { recursive: true }));

  const post = (status: number | null, responseBody: unknown, responseHeaders: Record<string, string> = told) =>
    check({ method: "POST", path: "/things/thg-1/parts?x=1", status, responseHeaders, responseBody })?.problems;

  it("belongs to the request with its method and path; ids have their prefix, names are any part", () => {
    const ask = (method: string, path: string) =>
      check({ method, path, status: 404, responseHeaders: {}, responseBody: { message: "m" } })?.request.name;
    assert.equal(ask("GET", "/things/thg-1/parts/wheel"), "GET /things/{thg}/parts/{name}");
    assert.equal(ask("GET", "/things/other-1/parts/wheel"), undefined);
    assert.equal(ask("PUT", "/things/thg-1/parts/wheel"), undefined);
    assert.equal(ask("GET", "/things/thg-1/parts/wheel/more"), undefined);
  });

  it("has a status that is recorded, with its body or without one", () => {
    assert.deepEqual(post(201, { id: "1" }), []);
    assert.deepEqual(post(202, null), []);
    assert.deepEqual(post(200, { id: "1" }), ["200 is not recorded"]);
    assert.deepEqual(post(201, null), ["201: there is no body"]);
    assert.deepEqual(post(202, { id: "1" }), ["202: there is a body, none is recorded"]);
  });

  it("may be refused otherwise than was recorded, or be cut", () => {
    assert.deepEqual(post(429, { message: "too many" }), []);
    assert.equal(post(null, null), undefined);
  });

  it("has the headers that are recorded, and their values where those are", () => {
    const { "ratelimit-reset": _reset, ...fewer } = told;
    assert.deepEqual(post(202, null, fewer), ["202: header ratelimit-reset is absent"]);
    assert.deepEqual(post(202, null, { ...told, "ratelimit-limit": "100" }), [
      "202: header ratelimit-limit is 100, recorded 10",
    ]);
  });
});
