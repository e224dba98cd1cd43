import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Deviation } from "./deviations/deviation.ts";
import { type CheckedCall, explain } from "./explain.ts";

describe("the findings of a run against a table of deviations", () => {
  const row: Deviation = {
    service: "render",
    routes: ["GET /v1/things/*", "GET /things/{id}"],
    problems: ["not described", "response 200 /id must be string"],
    reason: "an example",
  };
  const found = (path: string, route: string | undefined, problem: string): CheckedCall => ({
    call: { service: "render", method: "GET", path },
    route,
    problems: [problem],
  });
  const undescribed = found("/v1/things/1?limit=1", undefined, "not described");
  const wrongId = found("/v1/things/1", "GET /things/{id}", "response 200 /id must be string");

  it("are explained by the route and the problem", () => {
    assert.deepEqual(explain([undescribed, wrongId], [row]), { unexplained: [], unused: [] });
  });

  it("are unexplained on another route, with another problem, of another service", () => {
    const other = [
      found("/v1/things/1/parts", undefined, "not described"),
      found("/v1/things/1", "GET /things/{id}", "response 200 /id must be integer"),
    ];
    assert.deepEqual(explain([undescribed, wrongId, ...other, ...other], [row]).unexplained, [
      "render GET /things/{id}: response 200 /id must be integer",
      "render GET /v1/things/1/parts: not described",
    ]);
    assert.equal(explain([undescribed, wrongId], [{ ...row, service: "sentry" }]).unexplained.length, 2);
  });

  it("leave over what of the table did not occur", () => {
    assert.deepEqual(explain([undescribed], [row]).unused, [
      "render (GET /v1/things/*, GET /things/{id}): GET /things/{id}",
      "render (GET /v1/things/*, GET /things/{id}): response 200 /id must be string",
    ]);
  });
});
