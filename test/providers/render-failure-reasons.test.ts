import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Deploy } from "../../providers/render/plugin/api/answers.ts";
import { failureReasons } from "../../providers/render/plugin/deploys/reason.ts";

describe("reasons of a failed deploy", () => {
  const deploy: Deploy = { id: "dep-1", status: "update_failed", createdAt: "2026-01-01T00:00:00Z" };
  const ended = (failure: object, deployId = "dep-1") => ({
    type: "deploy_ended",
    timestamp: "2026-01-01T00:01:00Z",
    details: { deployId, reason: { failure } },
  });

  for (const [failure, reason] of [
    [{ nonZeroExit: 3, earlyExit: true }, "it exited with status 3"],
    [{ earlyExit: true }, "it exited, and a service should not"],
    [{ oomKilled: { memoryLimit: "512Mi" } }, "it used more memory than its plan has (512Mi)"],
    [{ timedOutSeconds: 900 }, "it was not ready within 900 s"],
    [{ unhealthy: "GET /healthz answered 500" }, "unhealthy: GET /healthz answered 500"],
  ] as const) {
    it(`says that ${reason}`, () => {
      assert.deepEqual(failureReasons(deploy, [ended(failure), ended({ nonZeroExit: 9 }, "dep-0")]), [reason]);
    });
  }

  it("says why the image could not be pulled", () => {
    const event = { type: "image_pull_failed", timestamp: "", details: { message: "denied" } };
    assert.deepEqual(failureReasons(deploy, [event]), ["the image could not be pulled: denied"]);
  });
});
