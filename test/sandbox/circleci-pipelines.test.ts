/** Pipelines of the emulated CircleCI: a push by git runs the jobs of the committed file, and GitHub hears how they end. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { machineRunner } from "../../sandbox/jobs/machine-runner.ts";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import { colleagueToken } from "../../sandbox/services/github/identity.ts";
import { send } from "./console-world.ts";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";
import { assertDescribed } from "./described-answer.ts";
import { cloneUrl, type GitClient, gitClient } from "./git-client.ts";

const FILE = ".circleci/config.yml";
const config = (test: string, more = "") => `version: 2.1
jobs:
  test:
    docker: [{ image: cimg/base:current }]
    environment: { GREETING: hello }
    steps:
      - checkout
      - run: { name: Look, command: ls && echo "$GREETING of $CIRCLE_BRANCH from $CIRCLE_PROJECT_USERNAME" }
      - run: ${JSON.stringify(test)}
      - run: echo never after a failure
  deliver:
    docker: [{ image: cimg/base:current }]
    steps:
      - run: echo "$DEPLOY_KEY" && echo "\${#DEPLOY_KEY} characters"
      - run: circleci-agent step halt
      - run: "false"
workflows:
  checks:
    jobs:
      - test
      - deliver: { requires: [test], context: [production], filters: { branches: { only: [main] } } }
${more}`;

describe("emulated CircleCI: pipelines", function () {
  this.timeout(180_000);
  let services: ServicesUnderTest;
  let folder: string;
  let git: GitClient;

  const start = () =>
    startForTest({
      dbFile: join(folder, "services.sqlite"),
      gitFolder: join(folder, "git"),
      linked: true,
      jobRunner: () => machineRunner({ environment: {}, pipCache: join(folder, "pip") }),
    });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-pipelines-"));
    services = await start();
    await services.github("POST", "/orgs/acme/repos", { name: "site", auto_init: true, private: true });
    await send(services, "circleci", "POST", "/api/v1.1/project/github/acme/site/follow");
    git = await gitClient();
    await git.run("clone", "--quiet", cloneUrl(services.running.services.github.baseUrl, "acme/site", token), ".");
  });
  afterEach(async () => {
    await git.remove();
    await services.close();
    await rm(folder, { recursive: true, force: true });
  });

  const token = defaultAccount.tokens.github;
  /** Asks CircleCI, and holds the answer against its description. */
  const ask = async (path: string, method = "GET", body?: object) => {
    const answer = await send(services, "circleci", method, `/api/v2${path}`, body);
    assertDescribed("circleci", { method, path, status: method === "GET" ? 200 : 201, body: answer });
    return answer;
  };
  const push = async (text: string, branch = "main", message = "Change"): Promise<string> => {
    await mkdir(dirname(join(git.folder, FILE)), { recursive: true });
    await writeFile(join(git.folder, FILE), text);
    await git.run("add", "--all");
    await git.run("commit", "--quiet", "--message", message);
    await git.run("push", "--quiet", "origin", `HEAD:${branch}`);
    return git.run("rev-parse", "HEAD");
  };
  const pipelines = async () => (await ask("/project/gh/acme/site/pipeline")).items;
  /** The jobs of the newest pipeline once all have ended, as `name: status`. */
  const ended = async (): Promise<string[]> => {
    for (;;) {
      const [pipeline] = await pipelines();
      const { items } = await ask(`/pipeline/${pipeline.id}/workflow`);
      if (items.every((workflow: { stopped_at: string | null }) => workflow.stopped_at !== null)) {
        const { items: jobs } = await ask(`/workflow/${items[0].id}/job`);
        return jobs.map(({ name, status }: { name: string; status: string }) => `${name}: ${status}`);
      }
      await sleep(50);
    }
  };
  const checks = async (sha: string): Promise<string[]> => {
    const { body } = await services.github("GET", `/repos/acme/site/commits/${sha}/status`);
    return body.statuses.map((one: typeof body) => `${one.context}: ${one.state}`).sort();
  };
  const log = async (job: number, step: number): Promise<string> => {
    const path = `/api/v1.1/project/github/acme/site/${job}/output/${step}/0`;
    const [{ message }] = await send(services, "circleci", "GET", path);
    return message;
  };
  const makeContext = async (): Promise<void> => {
    const owner = { slug: "gh/acme", type: "organization" };
    const { id } = await send(services, "circleci", "POST", "/api/v2/context", { name: "production", owner });
    const path = `/api/v2/context/${id}/environment-variable/DEPLOY_KEY`;
    await send(services, "circleci", "PUT", path, { value: "a-secret-of-production" });
  };

  it("run the jobs in their order, keep their logs without secrets, and set the commit's statuses", async () => {
    await makeContext();
    const sha = await push(config("test -f README.md"));
    assert.deepEqual(await ended(), ["test: success", "deliver: success"]);
    assert.deepEqual(await checks(sha), ["ci/circleci: deliver: success", "ci/circleci: test: success"]);
    assert.match(await log(1, 1), /README\.md\n(.|\n)*hello of main from acme\n/);
    assert.equal(await log(2, 0), "****\n22 characters\n");
    const job = await ask("/project/gh/acme/site/job/1");
    assert.deepEqual([job.status, job.name, job.latest_workflow.name], ["success", "test", "checks"]);
  });

  it("show a failed test red, and run nothing behind it", async () => {
    await makeContext();
    const sha = await push(config("echo 1 test failed; exit 3"));
    assert.deepEqual(await ended(), ["test: failed", "deliver: not_run"]);
    assert.deepEqual(await checks(sha), ["ci/circleci: deliver: error", "ci/circleci: test: failure"]);
    assert.match(await log(1, 2), /1 test failed/);
    await assert.rejects(log(1, 3), /404/);
  });

  it("never take for good what the sandbox does not understand, and say what that is", async () => {
    const sha = await push(config("true", "orbs: { python: circleci/python@3 }\n"), "feature");
    assert.deepEqual(await ended(), ["test: not_run"]);
    const { body } = await services.github("GET", `/repos/acme/site/commits/${sha}/status`);
    assert.equal(body.state, "failure");
    assert.match(body.statuses[0].description, /Not run: the sandbox does not know orbs/);
  });

  it("do not run for a job whose context is closed to the project, or is not there", async () => {
    await push(config("true"));
    assert.deepEqual(await ended(), ["test: success", "deliver: unauthorized"]);
  });

  it("start on a push or a merge of a followed project, unless the commit says no", async () => {
    await push(config("true"), "main", "Quietly [skip ci]");
    assert.deepEqual(await pipelines(), []);
    await push(config("true", "# more\n"), "feature");
    await ended();
    const pull = { title: "Change", head: "feature", base: "main" };
    const Authorization = `Bearer ${colleagueToken(defaultAccount)}`;
    await services.github("POST", "/repos/acme/site/pulls", pull, { Authorization });
    const { body } = await services.github("PUT", "/repos/acme/site/pulls/1/merge", {});
    assert.deepEqual(await ended(), ["test: success", "deliver: unauthorized"]);
    assert.deepEqual(
      (await pipelines()).map((one: typeof body) => [one.vcs.branch, one.vcs.revision === body.sha]),
      [
        ["main", true],
        ["feature", false],
      ],
    );
    await ask("/project/gh/acme/site/pipeline", "POST", { branch: "feature" });
    assert.equal((await pipelines()).length, 3);
    await ended();
  });

  it("say what is wrong with a file that cannot be read", async () => {
    await push("jobs: [");
    const [pipeline] = await pipelines();
    assert.deepEqual([pipeline.state, pipeline.errors.length], ["errored", 1]);
  });

  it("end with the sandbox, and are canceled when it comes back", async () => {
    const sha = await push(config("echo $$ > /dev/null; sleep 600"), "feature");
    for (;;) {
      const step = await log(1, 1).catch(() => "");
      if (step.includes("hello")) break;
      await sleep(50);
    }
    await services.close();
    services = await start();
    assert.deepEqual(await ended(), ["test: canceled"]);
    assert.deepEqual(await checks(sha), ["ci/circleci: test: error"]);
  });
});
