/** A preview of 300 resources: what a comment on GitHub can hold of it. */
import assert from "node:assert/strict";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../sandbox/paths.ts";
import { pulumiCaptured } from "../../sandbox/pulumi.ts";
import { runDelivery } from "./support/delivery.ts";
import { openPullRequest } from "./support/pull-request.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

const PROGRAM = "test/e2e/support/many-resources";
const LONGEST_COMMENT = 65_536;

describe("a preview of 300 resources", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  before(async () => {
    chain = await openScriptedChain();
  });
  after(async () => {
    await chain?.close();
  });

  it("stays under GitHub's limit and readable, and is whole in the artifact", async () => {
    const projectDir = join(chain.projectDir, PROGRAM);
    await cp(join(projectRoot, PROGRAM), projectDir, { recursive: true });
    // The program has a stack of its own.
    const { PULUMI_OPTION_CONFIG_FILE: _, ...env } = chain.home.env;
    const home = { ...chain.home, env };
    const made = await pulumiCaptured(home, ["stack", "init", "many"], projectDir);
    assert.equal(made.code, 0, made.stderr);

    const pullRequest = await openPullRequest(chain.services);
    const job = { ...pullRequest.job, CIRCLE_WORKFLOW_JOB_ID: "7a9c3cac", CIRCLE_NODE_INDEX: "0" };
    const args = ["preview", "--publish", "--html", "reports/many.html"];
    const { code, stderr } = await runDelivery({ projectDir, home }, args, job);
    assert.equal(code, 2, stderr);

    const [comment = { body: "" }, ...others] = await pullRequest.comments();
    assert.deepEqual(others, []);
    assert.ok(comment.body.length <= LONGEST_COMMENT, `${comment.body.length} characters`);
    assert.match(comment.body.slice(0, 400), /300 changes: creates/);
    assert.ok(
      comment.body.includes("https://output.circle-artifacts.com/output/job/7a9c3cac/artifacts/0/reports/many.html"),
    );
    assert.ok(comment.body.includes(pullRequest.job["CIRCLE_BUILD_URL"] ?? ""));
    const whole = await readFile(join(projectDir, "reports/many.html"), "utf8");
    for (let group = 0; group < 10; group += 1)
      for (let index = 0; index < 29; index += 1)
        assert.ok(whole.includes(`VARIABLE_${group}_${index}`), `VARIABLE_${group}_${index} is in the artifact`);
    for (const text of [comment.body, whole]) assert.ok(!text.includes("has a value of its own"), "a secret is shown");
  });
});
