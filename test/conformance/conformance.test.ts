import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { ServiceName } from "../../sandbox/services/core/service.ts";
import { deviations } from "./deviations.ts";
import { type CheckedCall, type Explanation, explain } from "./explain.ts";
import { chainCalls } from "./run/chain.ts";
import { resourceCalls } from "./run/resources.ts";
import { descriptionsFolder, recordedCallCheck } from "./vendors.ts";

const SERVICES = ["github", "circleci", "sentry", "render"] as const;
const skipped = descriptionsFolder ? "" : " (skipped: OPENAPI_DIR does not name the folder of the descriptions)";

describe(`a full run against the vendors' OpenAPI descriptions${skipped}`, function () {
  this.timeout(180_000);
  let checked: readonly CheckedCall[];
  let explanation: Explanation;

  before(async function () {
    if (!descriptionsFolder) return this.skip();
    const folder = descriptionsFolder;
    const checks = new Map<ServiceName, ReturnType<typeof recordedCallCheck>>(
      SERVICES.map((service) => [service, recordedCallCheck(folder, service)]),
    );
    const calls = (await Promise.all([chainCalls(), resourceCalls()])).flat();
    checked = calls.map((call) => {
      const finding = checks.get(call.service)?.(call);
      assert.ok(finding, `${call.service} has no description`);
      return { call, ...finding };
    });
    explanation = explain(checked, deviations);
  });

  it("asks every service", () => {
    const asked = new Set(checked.map(({ call }) => call.service));
    assert.deepEqual([...asked].sort(), [...SERVICES].sort());
  });

  for (const service of SERVICES) {
    it(`has no unexplained deviation from ${service}'s`, () => {
      assert.deepEqual(
        explanation.unexplained.filter((line) => line.startsWith(`${service} `)),
        [],
      );
    });
  }

  it("bears out every row of the table of deviations", () => {
    assert.deepEqual(explanation.unused, []);
  });
});
