/** The team's story on the emulated services: real git, real jobs of the file that the chain writes, real rules. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { machineRunner } from "../../sandbox/jobs/machine-runner.ts";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import { type Team, teamAt } from "../../sandbox/story/pull-requests.ts";
import { send } from "./console-world.ts";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

/** As the chain writes it, but for what is installed: the site's own tests take too long for every run of these. */
const PIPELINE = `version: 2.1
jobs:
  test:
    docker: [{ image: cimg/base:current }]
    steps:
      - checkout
      - run: grep --quiet "Nothing <em>noted</em>" notes/templates/404.html
      - run: grep "Changed by pull request" notes/templates/notes/front_page.html
workflows: { checks: { jobs: [test] } }
`;

describe("a pull request of the sandbox", function () {
  this.timeout(180_000);
  let services: ServicesUnderTest;
  let folder: string;
  let team: Team;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-story-"));
    services = await startForTest({
      linked: true,
      jobRunner: () => machineRunner({ environment: {}, pipCache: join(folder, "pip") }),
    });
    team = teamAt(services.running.services.github.baseUrl, defaultAccount);
  });
  afterEach(async () => {
    await services.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** What the chain makes: the repository with the pipeline's file and its rules, and the project. */
  const makeChain = async (): Promise<void> => {
    await services.github("POST", "/orgs/acme/repos", { name: "site", auto_init: true, private: true });
    await site("PUT", "contents/.circleci/config.yml", { message: "m", content: btoa(PIPELINE) });
    await send(services, "circleci", "POST", "/api/v1.1/project/github/acme/site/follow");
    await site("POST", "rulesets", {
      name: "default-branch",
      enforcement: "active",
      conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
      bypass_actors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" }],
      rules: [
        {
          type: "pull_request",
          parameters: {
            dismiss_stale_reviews_on_push: true,
            require_code_owner_review: false,
            require_last_push_approval: false,
            required_approving_review_count: 1,
            required_review_thread_resolution: false,
          },
        },
        {
          type: "required_status_checks",
          parameters: {
            strict_required_status_checks_policy: false,
            required_status_checks: [{ context: "ci/circleci: test" }],
          },
        },
      ],
    });
  };
  const site = (method: string, path: string, body?: object) =>
    services.github(method, `/repos/acme/site/${path}`, body);
  /** The state of the check of a branch's newest commit, once it has one that is final. */
  const check = async (branch: string): Promise<string> => {
    for (;;) {
      const { body } = await site("GET", `commits/${branch}/status`);
      if (body.total_count > 0 && body.state !== "pending") return body.state;
      await sleep(50);
    }
  };

  it("is pushed by git, checked, reviewed and merged, and its merge is checked again", async () => {
    await makeChain();
    const { number } = await team.openPullRequest({ failing: false });
    const { body: pull } = await site("GET", `pulls/${number}`);
    assert.deepEqual([pull.user.login, pull.state], ["acme-dev", "open"]);
    const { body: files } = await site("GET", `pulls/${number}/files`);
    assert.deepEqual(
      files.map(({ filename }: { filename: string }) => filename),
      ["delivery/Pulumi.sandbox.yaml", "notes/templates/notes/front_page.html"],
    );
    assert.equal(await check(pull.head.ref), "success");
    await assert.rejects(team.merge(number), /At least 1 approving review is required/);
    await team.approve(number);
    await team.merge(number);
    assert.equal((await site("GET", `pulls/${number}`)).body.merged, true);
    assert.equal(await check("main"), "success");
    const second = await team.openPullRequest({ failing: false });
    assert.equal((await site("GET", `pulls/${second.number}`)).body.changed_files, 2);
    await check(`change-the-site-${second.number}`);
  });

  it("is not merged while a test of the site fails for it", async () => {
    await makeChain();
    const { number } = await team.openPullRequest({ failing: true });
    await team.approve(number);
    assert.equal(await check(`break-the-site-${number}`), "failure");
    await assert.rejects(team.merge(number), /Required status check "ci\/circleci: test" is failing/);
  });

  it("says what is missing before the chain is there", async () => {
    await assert.rejects(team.openPullRequest({ failing: false }), /Not Found Run `npm start` first/);
  });
});
