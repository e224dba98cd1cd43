import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { callCheck, type HttpCall } from "./openapi/check.ts";
import type { Json } from "./openapi/document.ts";

const json = (schema: Json) => ({ content: { "application/json": { schema } } });

const document = (openapi: string, optionalText: Json) => ({
  openapi,
  paths: {
    "/things": {
      get: {
        parameters: [
          { name: "limit", in: "query", required: true, schema: { type: "integer", maximum: 100 } },
          { name: "ids", in: "query", explode: false, schema: { type: "array", items: { type: "integer" } } },
        ],
        responses: { "200": json({ type: "array", items: { $ref: "#/components/schemas/thing" } }) },
      },
      post: {
        requestBody: { required: true, ...json({ $ref: "#/components/schemas/newThing" }) },
        responses: { "201": json({ $ref: "#/components/schemas/thing" }), "409": { description: "taken" } },
      },
    },
    "/things/{id}": {
      parameters: [{ $ref: "#/components/parameters/id" }],
      get: {
        responses: {
          "200": json({ $ref: "#/components/schemas/thing" }),
          default: { $ref: "#/components/responses/failed" },
        },
      },
      delete: { responses: { "204": { description: "gone" } } },
    },
    "/things/special": { get: { responses: { "200": json({ type: "string" }) } } },
    "/projects/{slug}": {
      get: {
        parameters: [{ name: "slug", in: "path", required: true, allowReserved: true, schema: { type: "string" } }],
        responses: { "200": json({ type: "string" }) },
      },
    },
    "/files/{path}": {
      get: {
        parameters: [{ name: "path", in: "path", required: true, "x-multi-segment": true, schema: { type: "string" } }],
        responses: { "200": json({ type: "string" }) },
      },
    },
  },
  components: {
    parameters: { id: { name: "id", in: "path", required: true, schema: { type: "integer" } } },
    responses: { failed: json({ type: "object", required: ["message"] }) },
    schemas: {
      newThing: {
        allOf: [{ $ref: "#/components/schemas/named" }, { properties: { kind: { enum: ["a", "b"] } } }],
      },
      named: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
      thing: {
        type: "object",
        required: ["id"],
        properties: {
          id: { type: "integer" },
          note: optionalText,
          made: { type: "string", format: "date-time" },
          shape: { oneOf: [{ $ref: "#/components/schemas/round" }, { $ref: "#/components/schemas/square" }] },
        },
      },
      round: { type: "object", properties: { radius: { type: "integer" } } },
      square: { type: "object", properties: { side: { type: "integer" } } },
    },
  },
});

const NULLABLE = { type: "string", nullable: true, enum: ["x", "y"] };
const JSON_TYPE = "application/json; charset=utf-8";

for (const [version, optionalText] of [
  ["3.0.3", NULLABLE],
  ["3.0.3 with Swagger's x-nullable", { type: "string", "x-nullable": true, enum: ["x", "y"] }],
  ["3.1.0", { type: ["string", "null"], enum: ["x", "y", null] }],
] as const) {
  describe(`a call against a description in OpenAPI ${version}`, () => {
    const check = callCheck(document(version, optionalText));
    const problemsOf = (
      method: string,
      target: string,
      status: number,
      responseBody: unknown = null,
      requestBody: unknown = null,
    ): readonly string[] => {
      const { pathname, searchParams } = new URL(target, "http://service");
      const call: HttpCall = {
        method,
        path: pathname,
        query: searchParams,
        requestBody: { contentType: JSON_TYPE, value: requestBody },
        status,
        responseBody: { contentType: JSON_TYPE, value: responseBody },
      };
      return check(call).problems;
    };

    it("has no problem when it is as described, null and text in place of numbers among it", () => {
      const thing = { id: 1, note: null, made: "2026-01-02T03:04:05Z", more: true };
      assert.deepEqual(problemsOf("GET", "/things?limit=20&ids=1,2", 200, [thing]), []);
      assert.deepEqual(problemsOf("POST", "/things", 201, { id: 1, note: "x" }, { name: "n", kind: "a" }), []);
      assert.deepEqual(problemsOf("DELETE", "/things/1", 204), []);
      assert.deepEqual(problemsOf("GET", "/files/a/b", 200, "text"), []);
    });

    it("belongs to the path that it fits, the one with most text of its own if several do", () => {
      assert.deepEqual(problemsOf("GET", "/projects/gh/acme/site", 200, "text"), []);
      assert.deepEqual(problemsOf("GET", "/projects/gh%2Facme%2Fsite", 200, "text"), []);
      assert.deepEqual(problemsOf("GET", "/projects/gh/acme", 200, "text"), ["not described"]);
      assert.deepEqual(problemsOf("GET", "/things/special", 200, "text"), []);
    });

    it("is told from what is not described", () => {
      assert.deepEqual(problemsOf("GET", "/nothing", 200, {}), ["not described"]);
      assert.deepEqual(problemsOf("PATCH", "/things/1", 200, {}), ["not described"]);
      assert.deepEqual(problemsOf("DELETE", "/things/1", 200), ["response 200 is not described"]);
      assert.deepEqual(problemsOf("DELETE", "/things/1", 204, {}), ["response 204 has a body, none is described"]);
      assert.deepEqual(problemsOf("DELETE", "/things/1", 204, null, {}), ["request body is not described"]);
    });

    it("has problems in path and query, each named by its place", () => {
      assert.deepEqual(problemsOf("GET", "/things/one", 200, { id: 1 }), ["path /id must be integer"]);
      assert.deepEqual(problemsOf("GET", "/things?limit=200&ids=1,x&colour=red", 200, []), [
        "query /colour is not described",
        "query /limit must be <= 100",
        "query /ids/* must be integer",
      ]);
      assert.deepEqual(problemsOf("GET", "/things", 200, []), ["query must have required property 'limit'"]);
    });

    it("has problems in the request's body, fields that no schema names among them", () => {
      assert.deepEqual(problemsOf("POST", "/things", 201, { id: 1 }), ["request body is missing"]);
      assert.deepEqual(problemsOf("POST", "/things", 201, { id: 1 }, { name: "n", size: 1 }), [
        "request body /size is not described",
      ]);
    });

    it("may be invalid where it was refused as invalid", () => {
      assert.deepEqual(problemsOf("GET", "/things/one", 400, { message: "no number" }), []);
      assert.deepEqual(problemsOf("GET", "/things/one", 400, {}), [
        "response 400 must have required property 'message'",
      ]);
    });

    it("has problems in the response, told once for all items of a list", () => {
      assert.deepEqual(problemsOf("GET", "/things?limit=1", 200, [{ id: "1" }, { id: "2" }]), [
        "response 200 /*/id must be integer",
      ]);
      assert.deepEqual(problemsOf("GET", "/things/1", 200, { id: 1, made: "today", note: "z" }), [
        "response 200 /note must be equal to one of the allowed values",
        'response 200 /made must match format "date-time"',
      ]);
      assert.deepEqual(problemsOf("GET", "/things/1", 500, {}), ["response 500 must have required property 'message'"]);
      assert.deepEqual(problemsOf("GET", "/things/1", 200), ["response 200 has no body"]);
      assert.deepEqual(problemsOf("POST", "/things", 409, { reason: "taken" }, { name: "n" }), []);
    });

    it("names the alternatives that fit when only one should", () => {
      const shaped = (shape: object) => problemsOf("GET", "/things/1", 200, { id: 1, shape });
      assert.deepEqual(shaped({ radius: 1, side: "long" }), []);
      assert.deepEqual(shaped({ radius: 1 }), ["response 200 /shape fits several alternatives: round, square"]);
      assert.deepEqual(shaped({ radius: "wide", side: "long" }), ["response 200 /shape fits no alternative"]);
    });
  });
}
