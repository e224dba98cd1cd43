/** Emulated services with what the chain makes for a pull request: repository, pipeline's file, rules, project. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { machineRunner } from "../../sandbox/jobs/machine-runner.ts";
import { send } from "./console-world.ts";
import { type Answer, type ServicesUnderTest, startForTest } from "./core-client.ts";

/** As the chain writes it, but for what is installed: the site's own tests take too long for every run of these. */
const PIPELINE = `version: 2.1
jobs:
  test:
    docker: [{ image: cimg/base:current }]
    steps:
      - checkout
      - run: grep --quiet "Nothing <em>noted</em>" notes/templates/404.html || { echo 1 test failed; exit 1; }
      - run: grep "Changed by pull request" notes/templates/notes/front_page.html
workflows: { checks: { jobs: [test] } }
`;

/** The services, and what is asked of the repository acme/site. */
export interface StoryWorld extends ServicesUnderTest {
  /** Makes what the chain makes. */
  makeChain(): Promise<void>;
  site(method: string, path: string, body?: object): Promise<Answer>;
  /** The state of a branch's checks, once it is final. */
  check(branch: string): Promise<string>;
}

/** Starts them. Jobs really run. */
export async function startStoryWorld(): Promise<StoryWorld> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-story-"));
  const services = await startForTest({
    linked: true,
    jobRunner: () => machineRunner({ environment: {}, pipCache: join(folder, "pip") }),
  });
  const site: StoryWorld["site"] = (method, path, body) => services.github(method, `/repos/acme/site/${path}`, body);
  return {
    ...services,
    site,
    async makeChain() {
      await services.github("POST", "/orgs/acme/repos", { name: "site", auto_init: true, private: true });
      await site("PUT", "contents/.circleci/config.yml", { message: "m", content: btoa(PIPELINE) });
      await send(services, "circleci", "POST", "/api/v1.1/project/github/acme/site/follow");
      await site("POST", "rulesets", RULESET);
    },
    async check(branch) {
      for (;;) {
        const { body } = await site("GET", `commits/${branch}/status`);
        if (body.total_count > 0 && body.state !== "pending") return body.state;
        await sleep(50);
      }
    },
    async close() {
      await services.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const RULESET = {
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
};
