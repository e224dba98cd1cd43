import assert from "node:assert/strict";
import { z } from "zod";
import {
  list,
  openEnum,
  optional,
  otherwise,
  readAnswer,
  successBody,
  UnreadableAnswerError,
} from "../../providers/kit/answer.ts";

const request = { service: "Parcel", method: "GET", path: "/parcels" };
const parcel = z.object({
  id: z.string(),
  state: openEnum("open", "packed"),
  note: optional(z.string()),
  weight: otherwise(z.number(), 1),
  size: optional(z.object({ width: z.number() })),
  tags: list(z.string()),
});

describe("kit: what is read of an answer", () => {
  const read = (body: unknown) => readAnswer(parcel, body, request);

  it("takes absent and null alike, values that it does not know, and more fields than it reads", () => {
    const least = { id: "p1", state: "open", weight: 1, tags: [] };
    assert.partialDeepStrictEqual(read({ id: "p1", state: "open" }), least);
    assert.partialDeepStrictEqual(
      read({ id: "p1", state: "open", note: null, size: null, weight: null, tags: null }),
      least,
    );
    const more = { id: "p1", state: "lost in space", tags: ["a"], added: { in: 2027 } };
    assert.partialDeepStrictEqual(read(more), { state: "lost in space", tags: ["a"] });
    assert.ok(!("added" in read(more)));
  });

  it("keeps the types that a caller counts on", () => {
    const { note, size, tags }: { note?: string | undefined; size?: { width: number } | undefined; tags: string[] } =
      read({ id: "p1", state: "open", note: "fragile", size: { width: 2 } });
    assert.deepEqual({ note, size, tags }, { note: "fragile", size: { width: 2 }, tags: [] });
  });

  const unreadable: [string, unknown, string][] = [
    ["no needed field", { state: "open" }, "answered nothing for id, which has to be a string"],
    ["null for it", { id: null, state: "open" }, "answered null for id, which has to be a string"],
    ["another type", { id: "p1", state: 7 }, "answered a number for state, which has to be a string"],
    [
      "a wrong optional one",
      { id: "p1", state: "open", note: [] },
      "answered a list for note, which has to be a string",
    ],
    [
      "a wrong deep one",
      { id: "p1", state: "open", size: {} },
      "answered nothing for size.width, which has to be a number",
    ],
    ["a wrong list", { id: "p1", state: "open", tags: {} }, "answered an object for tags, which has to be a list"],
    [
      "a wrong item",
      { id: "p1", state: "open", tags: ["a", null] },
      "answered null for tags[1], which has to be a string",
    ],
  ];
  for (const [name, body, told] of unreadable) {
    it(`names request, field and what came for ${name}`, () => {
      assert.throws(() => read(body), {
        name: "UnreadableAnswerError",
        message: `Parcel GET /parcels ${told}. Look whether a newer version of delivery exists`,
      });
    });
  }

  it("tells the answer as a whole when it is another thing", () => {
    for (const [body, came] of [
      [[], "a list"],
      ["secret-text", "a string"],
      [null, "null"],
      [undefined, "nothing"],
    ] as const)
      assert.throws(
        () => read(body),
        (error) => {
          assert.ok(error instanceof UnreadableAnswerError && error.field === "");
          assert.ok(error.message.startsWith(`Parcel GET /parcels answered ${came} where an object is needed. `));
          assert.ok(!error.message.includes("secret-text") && !error.message.includes("\n"));
          return true;
        },
      );
  });

  it("takes null for an empty page, and names what is no page", () => {
    assert.deepEqual(readAnswer(list(parcel), null, request), []);
    assert.throws(
      () => readAnswer(list(parcel), { message: "maintenance" }, request),
      /an object where a list is needed/,
    );
    assert.throws(() => readAnswer(list(parcel), [{ id: "p1", state: "open" }, {}], request), /nothing for \[1\]\.id,/);
  });
});

describe("kit: the body of a success", () => {
  const body = (status: number, text: string, method = "GET") => successBody({ status, text }, { ...request, method });

  it("is JSON, or nothing where the status says so", () => {
    assert.deepEqual(body(200, ' {"id": 1}\n'), { id: 1 });
    assert.equal(body(200, "null"), null);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      for (const status of [201, 202, 204]) assert.equal(body(status, "", method), undefined);
  });

  it("is never nothing for what was asked to be read", () => {
    for (const status of [200, 202, 204])
      assert.throws(() => body(status, ""), /answered nothing where JSON is needed/);
  });

  for (const [text, came] of [
    ["", "nothing"],
    ["\n", "nothing"],
    ["<!doctype html><title>Back soon</title>", "an HTML page"],
    ['{"id": "p1", "na', "JSON that is cut off"],
    ['[{"id": "p1"}', "JSON that is cut off"],
    ["OK", "text that is not JSON"],
  ] as const) {
    it(`is not ${JSON.stringify(text)}`, () =>
      assert.throws(() => body(200, text), {
        name: "UnreadableAnswerError",
        message:
          `Parcel GET /parcels answered ${came} where JSON is needed. Run the same command again; if that does not help, ` +
          "look at what stands between here and Parcel: a proxy, a maintenance page, another base URL",
      }));
  }
});
