import assert from "node:assert/strict";
import { checkAgainst } from "./openapi.ts";

describe("the check against OpenAPI descriptions", () => {
  const json = (schema: object) => ({ content: { "application/json": { schema } } });
  const check = checkAgainst({
    paths: {
      "/things/{id}": {
        get: {
          responses: {
            "200": json({ $ref: "#/components/schemas/thing" }),
            "404": { $ref: "#/components/responses/missing" },
          },
        },
      },
      "/things/special": { get: { responses: { "200": json({ type: "array" }) } } },
      "/files/{path}": { get: { responses: { "200": json({ type: "string" }) } } },
    },
    components: {
      schemas: {
        thing: {
          type: "object",
          required: ["id", "note"],
          properties: {
            id: { type: "integer" },
            note: { type: "string", nullable: true },
            size: { oneOf: [{ type: "number" }, { type: "integer" }] },
          },
        },
      },
      responses: { missing: json({ type: "object", required: ["message"] }) },
    },
  });
  const get = (path: string, status: number, body: unknown) => check({ method: "GET", path, status, body });

  it("accepts what is described, null and overlapping alternatives among it", () => {
    assert.deepEqual(get("/things/1", 200, { id: 1, note: null, size: 3 }), []);
    assert.deepEqual(get("/files/a/b", 200, "text"), []);
  });

  it("tells every difference with the route and the place", () => {
    assert.deepEqual(get("/things/1", 200, { id: "1" }), [
      "GET /things/{id} 200:  must have required property 'note'",
      "GET /things/{id} 200: /id must be integer",
    ]);
    assert.deepEqual(get("/things/1", 404, {}), ["GET /things/{id} 404:  must have required property 'message'"]);
  });

  it("takes the most specific route", () => {
    assert.deepEqual(get("/things/special", 200, []), []);
  });

  it("says nothing of what is not described", () => {
    assert.deepEqual(get("/other", 200, {}), []);
    assert.deepEqual(get("/things/1", 500, {}), []);
  });
});
