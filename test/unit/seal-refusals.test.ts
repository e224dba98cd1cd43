import assert from "node:assert/strict";
import { refuseDifferences, refuseFailure, refuseLeaks } from "../../cli/seal/refusals.ts";
import { type Snapshot, snapshotOf } from "../../cli/seal/snapshot.ts";
import { stepsOf } from "../../cli/seal/steps.ts";

const SECRET = { name: "the setting delivery:image.password", value: "registry-password-77" };

const snapshotWith = (outputs: Record<string, unknown>, answers: Record<string, unknown> = {}): Snapshot => {
  const type = "render:index:WebService";
  const resources = [{ urn: `urn:pulumi:prod::delivery::${type}::site`, type, outputs }];
  return snapshotOf({
    project: "delivery",
    stack: "prod",
    engine: "3.274.1",
    sealedAt: "2026-11-25T02:00:00.000Z",
    settings: [],
    environment: {},
    buildSecrets: {},
    answers,
    state: { version: 3, deployment: { resources } },
  });
};
/** The message with which it is refused. */
const messageOf = (work: () => void): string => {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return assert.fail("it is not refused");
};

describe("the refusal to seal", () => {
  it("names the secret, the form and the resource's property, and not the secret's value", () => {
    const message = messageOf(() => refuseLeaks(snapshotWith({ note: `x ${SECRET.value}` }), [SECRET]));
    assert.match(
      message,
      /delivery:image\.password: its value stands in outputs\.note of render:index:WebService::site/,
    );
    assert.match(message, /--secret/);
    assert.ok(!message.includes(SECRET.value));
  });

  it("names the place outside of resources, each place once, and no more than one reads", () => {
    const message = messageOf(() => refuseLeaks(snapshotWith({}, { question: SECRET.value }), [SECRET, SECRET]));
    assert.equal(message.split("answers.question").length, 2);
    const many = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`note${index}`, SECRET.value]));
    assert.match(
      messageOf(() => refuseLeaks(snapshotWith(many), [SECRET])),
      /and \d+ more/,
    );
  });

  it("is none where nothing is wrong", () => {
    refuseLeaks(snapshotWith({ note: "nothing" }), [SECRET]);
    refuseDifferences(stepsOf("{}"), stepsOf("{}"));
    refuseFailure({ code: 0, stdout: "", stderr: "" });
  });

  it("says how the previews differ, and why one failed", () => {
    const urn = "urn:pulumi:prod::delivery::render:index:WebService::site";
    const update = stepsOf(JSON.stringify({ steps: [{ op: "update", urn, diffReasons: ["plan"] }] }));
    assert.match(
      messageOf(() => refuseDifferences(stepsOf("{}"), update)),
      /site .*: update of plan instead of same/,
    );
    const failed = { code: 255, stdout: "", stderr: "error: no such plan" };
    assert.match(
      messageOf(() => refuseFailure(failed)),
      /fails without its secrets\. no such plan/,
    );
  });
});
