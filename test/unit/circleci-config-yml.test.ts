import assert from "node:assert/strict";
import { parse } from "yaml";
import { pipelineFile } from "../../infra/shared/circleci-config-yml.ts";

interface Step {
  readonly run?: { readonly name: string; readonly command: string; readonly when?: string };
  readonly restore_cache?: { readonly keys: string[] };
  readonly save_cache?: { readonly key: string; readonly paths: string[] };
  readonly store_test_results?: { readonly path: string };
}

interface File {
  readonly version: number;
  readonly jobs: Record<string, { docker: { image: string }[]; steps: (Step | string)[] }>;
  readonly workflows: Record<string, { jobs: (string | Record<string, { context?: string[] }>)[] }>;
}

const settings = { organization: "gh/acme", context: "site-prod", pythonVersion: "3.12" };

describe("circleci config.yml", () => {
  const pipeline = pipelineFile(settings, true);
  const file = parse(pipeline.yaml) as File;
  const steps = (job: string): Step[] =>
    (file.jobs[job]?.steps ?? []).filter((step): step is Step => typeof step !== "string");

  it("runs lint, tests and a check of the settings on every push, on the configured Python", () => {
    assert.equal(file.version, 2.1);
    assert.deepEqual(Object.keys(file.jobs), ["lint", "test", "settings"]);
    for (const job of Object.values(file.jobs)) assert.equal(job.docker[0]?.image, "cimg/python:3.12");
    const [workflow] = Object.values(file.workflows);
    const names = workflow?.jobs.map((job) => (typeof job === "string" ? job : Object.keys(job)[0]));
    assert.deepEqual(names, ["lint", "test", "settings"]);
    assert.doesNotMatch(pipeline.yaml, /filters|branches/);
  });

  it("requires exactly the checks that its jobs report", () => {
    const reported = Object.keys(file.jobs).map((job) => `ci/circleci: ${job}`);
    assert.deepEqual(pipeline.requiredChecks, reported);
  });

  it("caches dependencies by requirements.txt", () => {
    const restored = steps("test").find((step) => step.restore_cache)?.restore_cache;
    const saved = steps("test").find((step) => step.save_cache)?.save_cache;
    assert.equal(restored?.keys[0], saved?.key);
    assert.match(saved?.key ?? "", /checksum "requirements\.txt"/);
    assert.ok(restored?.keys.slice(1).every((key) => saved?.key.startsWith(key)));
  });

  it("stores the results of tests that fail, too", () => {
    const order = steps("test").map((step) => step.run?.name ?? Object.keys(step)[0]);
    assert.deepEqual(order.slice(-3), ["Test", "Collect results", "store_test_results"]);
    assert.equal(steps("test").find((step) => step.run?.name === "Collect results")?.run?.when, "always");
  });

  it("neither builds nor deploys", () => {
    assert.doesNotMatch(pipeline.yaml, /docker build|docker push|setup_remote_docker|api\.render\.com/);
  });

  it("takes from the context what it says that it takes", () => {
    const job = Object.values(file.workflows)[0]?.jobs.at(-1);
    assert.deepEqual(job, { settings: { context: ["site-prod"] } });
    assert.deepEqual(pipeline.contextVariables, ["SENTRY_DSN", "SENTRY_ENVIRONMENT"]);
  });

  it("takes nothing from a context that is off, and no Sentry variables when Sentry is off", () => {
    const without = pipelineFile({ ...settings, context: undefined }, true);
    assert.deepEqual(without.contextVariables, []);
    assert.doesNotMatch(without.yaml, /context/);
    assert.deepEqual(pipelineFile(settings, false).contextVariables, []);
  });

  it("says at its top that it is written by the chain", () => {
    assert.match(pipeline.yaml, /^# Written by the delivery chain/);
  });
});
