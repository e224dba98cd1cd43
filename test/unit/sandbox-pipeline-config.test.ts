import assert from "node:assert/strict";
import type { PartOf } from "../../infra/config.ts";
import { pipelineFile } from "../../infra/shared/circleci-config-yml.ts";
import { expandConfig, type PlannedJob } from "../../sandbox/services/circleci/pipelines/config.ts";
import { branchMatches } from "../../sandbox/services/circleci/pipelines/filters.ts";

const pipeline = {
  organization: "gh/acme",
  context: "site-prod",
  contextVariables: "managed" as const,
  restrictContext: true,
  pythonVersion: "3.12",
  branch: "main",
  services: { postgres: "17", docker: [] },
};
const image: PartOf<"image"> = {
  delivery: "continuous",
  hold: false,
  tag: "v1",
  repository: "acme/site",
  username: "acme",
  platforms: ["linux/amd64"],
  buildArguments: {},
  buildVariables: {},
  port: 8000,
  labels: { team: "<< web >>" },
  secrets: {},
};
const errors: PartOf<"errors"> = { organization: "acme", team: "web", project: "site", platform: "other" };
const generated = pipelineFile(pipeline, { image, errors }).yaml;

const jobsOn = (text: string, branch: string): readonly PlannedJob[] =>
  expandConfig(text, branch).flatMap(({ jobs }) => jobs);

describe("the sandbox's reading of a pipeline's file", () => {
  it("understands all of the file that the chain writes", () => {
    for (const branch of ["main", "feature"])
      for (const job of jobsOn(generated, branch)) assert.deepEqual([job.name, job.notUnderstood], [job.name, []]);
  });

  it("runs the checks on every branch, and the delivery on the default one after all of them", () => {
    const names = (branch: string) => jobsOn(generated, branch).map(({ name }) => name);
    assert.deepEqual(names("feature"), ["test", "settings", "environment-settings"]);
    assert.deepEqual(names("pull/12"), ["test", "settings"]);
    const deliver = jobsOn(generated, "main").at(-1);
    assert.deepEqual(
      [deliver?.name, deliver?.requires, deliver?.contexts, deliver?.serialGroup],
      ["deliver", ["test", "settings", "environment-settings"], ["site-prod"], "site-prod/deliver"],
    );
    assert.match(JSON.stringify(deliver?.steps), /team=<< web >>/);
  });

  it("puts reusable commands in place, and keeps the services beside a job", () => {
    const [test] = jobsOn(generated, "feature");
    assert.deepEqual(
      test?.steps.map(({ kind, name }) => `${kind} ${name}`),
      [
        "checkout Checkout code",
        "nothing Restore the cache",
        "run Install dependencies",
        "nothing Save the cache",
        "run python manage.py test",
      ],
    );
    assert.deepEqual(
      test?.images.map((one) => one.image),
      ["cimg/python:3.12", "postgres:17"],
    );
    assert.match(test?.environment["DATABASE_URL"] ?? "", /^postgres:/);
  });

  const minimal = (more: { job?: string; top?: string; workflow?: string; step?: string }) => `version: 2.1
${more.top ?? ""}
jobs:
  test:
    docker: [{ image: cimg/base:current }]
    ${more.job ?? ""}
    steps:
      - checkout
      - ${more.step ?? "run: 'true'"}
workflows:
  checks:
    jobs:
      - test: ${more.workflow ?? "{}"}
`;
  for (const [what, [more, named]] of Object.entries<[Parameters<typeof minimal>[0], string]>({
    "an orb": [{ top: "orbs: { python: circleci/python@3 }" }, "orbs"],
    "an orb's step": [{ step: "python/install-packages" }, "step python/install-packages"],
    "pipeline parameters": [{ top: "parameters: { drift: { type: boolean, default: false } }" }, "parameters"],
    "an expression": [{ step: "run: echo << pipeline.number >>" }, "expression << pipeline.number >>"],
    "a matrix": [{ workflow: "{ matrix: { parameters: { python: ['3.12'] } } }" }, "workflow: matrix"],
    "an approval": [{ workflow: "{ type: approval }" }, "workflow: type"],
    "a filter by tags": [{ workflow: "{ filters: { tags: { only: v1 } } }" }, "filters: tags"],
    parallelism: [{ job: "parallelism: 4" }, "parallelism"],
    "a workspace": [{ step: "attach_workspace: { at: . }" }, "step attach_workspace"],
    "a step that runs behind a failure": [{ step: "run: { command: 'true', when: always }" }, "step run: when"],
    "a step with a condition": [{ step: "when: { condition: true, steps: [] }" }, "step when"],
    "a step in the background": [{ step: "run: { command: 'true', background: true }" }, "step run: background"],
    "another shell": [{ job: "shell: /bin/sh" }, "shell"],
  }))
    it(`names ${what}, which it does not run`, () => {
      assert.deepEqual(jobsOn(minimal({}), "main")[0]?.notUnderstood, []);
      assert.deepEqual(jobsOn(minimal(more), "main")[0]?.notUnderstood, [named]);
    });

  it("names executors that are no containers, and jobs and commands that are not there", () => {
    const text = `version: 2.1
jobs: { test: { machine: true, steps: [checkout] } }
workflows: { checks: { jobs: [test, gone] } }`;
    assert.deepEqual(
      jobsOn(text, "main").map(({ notUnderstood }) => notUnderstood),
      [["an executor other than docker", "machine"], ["job gone"]],
    );
  });

  it("refuses what is no file of CircleCI", () => {
    assert.throws(() => expandConfig("version: 2.1\n", "main"), /jobs/);
    assert.throws(() => expandConfig("a: [", "main"));
  });

  it("takes a pattern for the whole name of a branch, and ignoring for more than naming", () => {
    assert.ok(branchMatches(undefined, "any"));
    assert.ok(branchMatches({ only: ["main", "/release-.*/"] }, "release-1"));
    assert.ok(!branchMatches({ only: ["/release-.*/"] }, "my-release-1"));
    assert.ok(!branchMatches({ only: ["main"], ignore: ["/m.*/"] }, "main"));
    assert.ok(branchMatches({ ignore: ["main"] }, "mainline"));
  });
});
