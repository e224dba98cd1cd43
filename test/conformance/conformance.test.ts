import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { ServiceName } from "../../sandbox/services/core/service.ts";
import type { Call } from "../../sandbox/services/core/traffic.ts";
import { deviations } from "./deviations.ts";
import { type CheckedCall, type Explanation, explain } from "./explain.ts";
import { explained } from "./recorded/explained.ts";
import { recordedCheck, recordedRequests, recordingsFolder } from "./recorded/recordings.ts";
import { emulatedRoutes } from "./routes/routes.ts";
import { unexercised } from "./routes/unexercised.ts";
import { chainCalls } from "./run/chain.ts";
import { resourceCalls } from "./run/resources.ts";
import { descriptionsFolder, recordedCallCheck } from "./vendors.ts";

const SERVICES = ["github", "circleci", "sentry", "render"] as const;
const noDescriptions = descriptionsFolder ? "" : " (skipped: OPENAPI_DIR does not name the folder of the descriptions)";
const noRecordings = recordingsFolder ? "" : " (skipped: RECORDED_DIR does not name the folder of the recordings)";

describe("a full run", function () {
  this.timeout(600_000);
  let calls: readonly Call[];
  before(async () => {
    calls = (await Promise.all([chainCalls(), resourceCalls()])).flat();
  });

  describe(`against the vendors' OpenAPI descriptions${noDescriptions}`, () => {
    let checked: readonly CheckedCall[];
    let explanation: Explanation;
    before(function () {
      if (!descriptionsFolder) return this.skip();
      const folder = descriptionsFolder;
      const checks = new Map<ServiceName, ReturnType<typeof recordedCallCheck>>(
        SERVICES.map((service) => [service, recordedCallCheck(folder, service)]),
      );
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

  describe(`against recorded answers of the real Render${noRecordings}`, () => {
    let explanation: Explanation;
    /** The statuses that were met, and those that are recorded, of each recorded request that the run makes. */
    let statuses: Map<string, { readonly met: Set<number>; readonly recorded: readonly number[] }>;
    before(function () {
      if (!recordingsFolder) return this.skip();
      const check = recordedCheck(recordedRequests(recordingsFolder, "render"));
      statuses = new Map();
      const checked: CheckedCall[] = [];
      for (const call of calls.filter(({ service }) => service === "render")) {
        const finding = check({ ...call, path: call.path.replace(/^\/v1/, "") });
        if (!finding || call.status === null) continue;
        const { request, problems } = finding;
        checked.push({ call, route: request.name, problems });
        const seen = statuses.get(request.name) ?? { met: new Set(), recorded: [...request.answers.keys()] };
        statuses.set(request.name, { ...seen, met: seen.met.add(call.status) });
      }
      explanation = explain(checked, explained);
    });

    it("has no unexplained status, field, type or absence that they exclude", () => {
      assert.deepEqual(explanation.unexplained, []);
    });

    it("meets every status that they have", () => {
      const missed = [...statuses].flatMap(([request, { met, recorded }]) =>
        recorded.filter((status) => !met.has(status)).map((status) => `${request}: ${status}`),
      );
      // Nobody sets a log stream of a service of its own here; that there is none is the other answer. No deploy of a cron
      // job has to wait: it is live at once.
      assert.deepEqual(missed.sort(), [
        "GET /logs/streams/resource/{crn}: 200",
        "GET /logs/streams/resource/{srv}: 200",
        "POST /services/{crn}/deploys: 202",
      ]);
      assert.ok(statuses.size > 30, `only ${statuses.size} recorded requests are made`);
    });

    it("bears out every row of the table of what they do not have", () => {
      assert.deepEqual(explanation.unused, []);
    });
  });

  describe("over the emulated routes", () => {
    let exercised: Set<string | undefined>;
    let all: readonly string[];
    before(async () => {
      const routes = await emulatedRoutes();
      all = routes.all;
      exercised = new Set(await Promise.all(calls.map((call) => routes.routeOf(call))));
    });

    it("exercises every route but those of a short list", () => {
      const listed = unexercised.flatMap(({ routes }) => routes);
      assert.deepEqual(
        all.filter((route) => !exercised.has(route) && !listed.includes(route)),
        [],
      );
    });

    it("leaves out every route of that list", () => {
      const listed = unexercised.flatMap(({ routes }) => routes);
      assert.deepEqual(
        listed.filter((route) => exercised.has(route) || !all.includes(route)),
        [],
      );
    });
  });
});
