/** When an update with no changes at the services has nothing to write into the state either. */
import assert from "node:assert/strict";
import { readEvents } from "../../cli/engine-events/read.ts";
import { isRecorded } from "../../cli/preview/recorded.ts";

const STACK = "urn:pulumi:prod::delivery::pulumi:pulumi:Stack::delivery-prod";
const PROVIDER = "urn:pulumi:prod::delivery::pulumi:providers:render::default";
const SITE = "urn:pulumi:prod::delivery::render:index:WebService::site";

type Fields = Readonly<Record<string, unknown>>;

const site: Fields = {
  type: "render:index:WebService",
  custom: true,
  parent: STACK,
  provider: `${PROVIDER}::p1`,
  dependencies: [PROVIDER, STACK],
  propertyDependencies: { plan: [STACK] },
  additionalSecretOutputs: ["secretFiles"],
};
const unchanged: Fields = { inputDiff: {}, outputDiff: {}, customTimeouts: {}, protect: false };

/** What stands in the state, the goals of the plan, and the steps; the engine leaves out what says nothing. */
function told({ inState = {}, inPlan = {}, steps = ["same"], planned = true, event = {} } = {}): {
  plan: string;
  exported: string;
  events: ReturnType<typeof readEvents>;
} {
  const resources = [
    { urn: STACK, type: "pulumi:pulumi:Stack" },
    { urn: SITE, id: "srv-1", ...site, ...inState },
  ];
  const goal = { ...site, dependencies: [STACK, PROVIDER], ...unchanged };
  const goals: Record<string, unknown> = {
    [STACK]: { steps: ["same"], goal: { type: "pulumi:pulumi:Stack", custom: false, ...unchanged } },
  };
  if (planned)
    goals[SITE] = {
      steps,
      goal: { ...goal, propertyDependencies: { plan: [STACK], region: [] }, ...inPlan },
    };
  const metadata = { op: "same", urn: SITE, type: "render:index:WebService", old: {}, new: {}, ...event };
  return {
    plan: JSON.stringify({ resourcePlans: goals }),
    exported: JSON.stringify({ deployment: { resources } }),
    events: readEvents(`${JSON.stringify({ sequence: 1, timestamp: 1, resourcePreEvent: { metadata } })}\n`),
  };
}

describe("an update with no changes", () => {
  it("has nothing to write when the plan only says again what the state holds", () => {
    assert.equal(isRecorded(told()), true);
  });

  const writes: Readonly<Record<string, Parameters<typeof told>[0]>> = {
    protection: { inPlan: { protect: true } },
    "the end of protection": { inState: { protect: true } },
    "a dependency": { inPlan: { dependencies: [STACK] } },
    "a dependency of a property": { inPlan: { propertyDependencies: {} } },
    "another provider": { inPlan: { provider: `${PROVIDER}::p2` } },
    "another component above": { inPlan: { parent: SITE } },
    "an earlier name": { inPlan: { aliases: [STACK] } },
    "an output": { inPlan: { outputDiff: { adds: { url: "https://site" } } } },
    "an input that makes no difference to the service": { inPlan: { inputDiff: { updates: { plan: "Free" } } } },
    "what is ignored": { inPlan: { ignoreChanges: ["plan"] } },
    "what is secret": { inState: { additionalSecretOutputs: [] } },
    "the time that it may take": { inPlan: { customTimeouts: { create: 60 } } },
    "the end of a failure": { inState: { initErrors: ["the deploy failed"] } },
    "a replacement that is not finished": { inState: { pendingReplacement: true } },
    "a resource that is left to be deleted": { inState: { delete: true } },
    "what is kept when the resource goes": { event: { new: { retainOnDelete: true } } },
    "a step of another kind": { steps: ["refresh"] },
    "a resource that the plan does not know": { planned: false },
  };
  for (const [what, change] of Object.entries(writes))
    it(`writes ${what}`, () => assert.equal(isRecorded(told(change)), false));

  it("is made where plan or state cannot be read", () => {
    assert.equal(isRecorded({ ...told(), plan: "" }), false);
    assert.equal(isRecorded({ ...told(), exported: "{}" }), false);
    assert.equal(isRecorded({ ...told(), exported: JSON.stringify({ deployment: { resources: [] } }) }), false);
  });
});
