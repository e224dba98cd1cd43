import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { pipelineFile } from "../../infra/shared/circleci-config-yml.ts";
import { pipelineSurroundings } from "../../infra/shared/pipeline-surroundings.ts";
import { projectRoot } from "../../lib/project-folder.ts";
import { loadWith, makeFolder, removeFolder } from "./support/configuration.ts";

describe("pipeline's configuration", () => {
  let folder: string;
  before(async () => {
    folder = await makeFolder({
      "site/manage.py": "",
      "site/requirements.txt": "pytest",
      "site/pytest.ini": "",
      "site/Dockerfile": "FROM python:3.13-slim",
    });
  });
  after(() => removeFolder(folder));

  const load = (pipeline: object, changes: Record<string, unknown> = {}) =>
    loadWith(join(folder, "site"), { "delivery:pipeline": { organization: "gh/acme", ...pipeline }, ...changes });
  const refusal = (pipeline: object): Promise<string> =>
    load(pipeline).then(
      () => assert.fail("it was accepted"),
      (error: Error) => error.message,
    );

  it("of the README is accepted, and does what it says", async () => {
    const readme = readFileSync(join(projectRoot, "README.md"), "utf8");
    const [, block = ""] = /```yaml\n(delivery:pipeline:\n[\s\S]*?)```/.exec(readme) ?? [];
    const configuration = await load(parse(block)["delivery:pipeline"]);
    assert.ok(configuration.pipeline);
    const { yaml, requiredChecks } = pipelineFile(
      configuration.pipeline,
      configuration,
      pipelineSurroundings(configuration, {}),
    );
    assert.deepEqual(requiredChecks, ["ci/circleci: test", "ci/circleci: settings", "ci/circleci: types"]);
    for (const said of [
      "cimg/postgres:17.5",
      "cimg/redis:7.4",
      "STRIPE_KEY: not-a-key",
      "run: pytest -n 4",
      "run: mypy .",
    ])
      assert.ok(yaml.includes(said), said);
    assert.ok(yaml.includes("cimg/python:3.13"), "the Dockerfile's");
  });

  for (const [what, pipeline, message] of [
    [
      "a job of the chain's own name",
      { jobs: { deliver: { steps: ["x"] } } },
      /jobs\.deliver is not a name that a job of the team's can have/,
    ],
    ["a job without steps", { jobs: { test: { steps: [] } } }, /jobs\.test\.steps is empty/],
    [
      "a job that is neither",
      { jobs: { test: "on" } },
      /jobs\.test is not a map\n +npm run pulumi -- config rm --stack prod --path 'delivery:pipeline\.jobs\.test'/,
    ],
    [
      "a step without a command",
      { install: [{ name: "Install" }] },
      /install\[0\] .*a command of the shell, or a map of `name` and `command`/,
    ],
    [
      "a service that there is not",
      { services: { mysql: "8" } },
      /services\.mysql is not known; .*postgres, redis, docker/,
    ],
    [
      "an image without a tag",
      { services: { docker: [{ image: "mysql" }] } },
      /services\.docker\[0\]\.image is not an image with a tag/,
    ],
    ["a name that no variable can have", { variables: { "A-B": "1" } }, /variables\.A-B .*environment variable/],
    ["a size that CircleCI has not", { resourceClass: "huge" }, /resourceClass is not one of small/],
    [
      "a folder outside of the repository",
      { workingDirectory: "../site" },
      /workingDirectory is not the application's folder/,
    ],
    ["a folder from the machine's root", { workingDirectory: "/site" }, /workingDirectory is not/],
  ] as const)
    it(`refuses ${what}`, async () => {
      assert.match(await refusal(pipeline), message);
    });

  it("takes another path of the repository for the folder", async () => {
    for (const workingDirectory of [".", "backend", "services/site", ".hidden/site-1"])
      assert.equal((await load({ workingDirectory })).pipeline?.workingDirectory, workingDirectory);
  });

  it("needs the application's files, from which the jobs follow, unless the file is the team's", async () => {
    const absent = { "delivery:application": { name: "site", path: join(folder, "absent") } };
    const image = { repository: "acme/site", delivery: "pinned", tag: "v1" };
    const changes = { ...absent, "delivery:image": image };
    await assert.rejects(load({}, changes), /delivery:application\.path names no folder/);
    await assert.doesNotReject(load({}, { ...changes, "delivery:repository": { pipelineFile: "observed" } }));
  });

  it("tells the environment's settings of their module", async () => {
    const application = { name: "site", path: join(folder, "site"), settingsModule: "config.settings.production" };
    const configuration = await load({}, { "delivery:application": application });
    assert.ok(configuration.pipeline);
    assert.match(
      pipelineFile(configuration.pipeline, configuration).yaml,
      /DJANGO_SETTINGS_MODULE: config\.settings\.production/,
    );
    await assert.rejects(
      load({}, { "delivery:application": { ...application, settingsModule: "config/settings.py" } }),
      /application\.settingsModule is not the settings/,
    );
  });
});
