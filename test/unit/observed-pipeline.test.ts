import assert from "node:assert/strict";
import { parse, stringify } from "yaml";
import type { PartOf } from "../../infra/config.ts";
import { pipelineFile } from "../../infra/shared/circleci-config-yml.ts";
import { delivers } from "../../infra/shared/observed-pipeline.ts";

const CONTEXT = "site-prod";
const image: PartOf<"image"> = {
  delivery: "continuous",
  hold: false,
  tag: "v1",
  repository: "acme/site",
  platforms: ["linux/amd64"],
  buildArguments: {},
  buildVariables: {},
  port: 8000,
  labels: {},
  secrets: {},
};

describe("a pipeline file of the team's own", () => {
  const { yaml, delivery } = pipelineFile({ context: CONTEXT, branch: "main" }, { image, errors: undefined });
  const jobs = (deploy: object, workflow: unknown[]) =>
    stringify({
      version: 2.1,
      jobs: { ship: deploy, test: { steps: ["checkout"] } },
      workflows: { all: { jobs: workflow } },
    });
  const api = { steps: [{ run: "curl https://api.render.com/v1/services/$RENDER_SERVICE_ID/deploys -d '{}'" }] };
  const hook = { steps: [{ run: { command: "curl https://api.render.com/deploy/$HOOK" } }] };
  const script = { steps: [{ run: "./ship.sh" }] };

  const cases: [what: string, text: string, expected: boolean][] = [
    ["that the chain would write", yaml, true],
    ["that has the job to paste", delivery?.yaml ?? "", true],
    ["that deploys by Render's API", jobs(api, ["test", { ship: { requires: ["test"] } }]), true],
    ["that deploys by a hook", jobs(hook, ["ship"]), true],
    ["whose job is in no workflow", jobs(api, ["test"]), false],
    ["whose job has the context, and calls a script", jobs(script, [{ "deploy-site": { context: [CONTEXT] } }]), true],
    ["whose job has the context by its name alone", jobs(script, [{ release: { context: CONTEXT } }]), true],
    ["whose job deploys elsewhere", jobs(script, [{ deploy: { context: ["heroku"] } }]), false],
    [
      "that deploys by a command",
      stringify({
        commands: { ship: { steps: [{ run: "echo $RENDER_SERVICE_ID" }] } },
        jobs: { last: { steps: ["checkout", "ship"] } },
        workflows: { version: 2, all: { jobs: ["last"] } },
      }),
      true,
    ],
    ["that only tests", jobs(api, ["test"]), false],
    ["that makes its workflows when it runs", "version: 2.1\nsetup: true\njobs: {}\n", true],
    ["that is empty", "", false],
    ["that is not valid YAML", "jobs: [", false],
  ];
  for (const [what, text, expected] of cases)
    it(`${what} ${expected ? "delivers" : "does not deliver"}`, () => {
      assert.equal(delivers(text, CONTEXT), expected);
    });

  it("is given a job that needs nothing else of the chain's file", () => {
    const { jobs, workflows } = parse(delivery?.yaml ?? "");
    assert.deepEqual(Object.keys(jobs), ["deliver"]);
    assert.deepEqual(jobs.deliver.docker, [{ image: "cimg/python:3.12" }]);
    assert.equal(jobs.deliver.executor, undefined);
    const [{ deliver }] = workflows.checks.jobs;
    assert.deepEqual([deliver.context, deliver.filters], [[CONTEXT], { branches: { only: ["main"] } }]);
    assert.deepEqual(deliver.requires, ["your jobs that have to pass"]);
  });

  it("is not asked for one where the variables are not the chain's", () => {
    const settings = { context: CONTEXT, branch: "main", contextVariables: "off" } as const;
    assert.equal(pipelineFile(settings, { image, errors: undefined }).delivery, undefined);
  });
});
