/** A repository that is renamed, there and back, with the real engine. The steps build on each other. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Report } from "../../cli/report/index.ts";
import { runDelivery } from "./support/delivery.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

describe("renaming the repository", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;

  before(async () => {
    chain = await openScriptedChain();
    await chain.succeed("up", "--yes", "--skip-preview");
  });
  after(() => chain?.close());

  /** Nothing here is about policies, which cost a process in each preview and each update. */
  const NO_POLICY = "--no-policy";
  const delivery = async (...args: string[]): Promise<{ code: number; report: Report }> => {
    const { code, stdout, stderr } = await runDelivery(chain, [...args, "--json"]);
    assert.ok(stdout.startsWith("{"), stderr);
    return { code, report: JSON.parse(stdout) };
  };
  const ids = async (): Promise<Record<string, unknown>> => {
    const { resources } = await chain.state();
    return Object.fromEntries(
      resources.map(({ urn, outputs }) => [
        urn.split("::").at(-1),
        outputs["repoId"] ?? outputs["rulesetId"] ?? outputs["projectId"] ?? outputs["restrictionId"],
      ]),
    );
  };

  for (const [from, to] of [
    ["site", "website"],
    ["website", "site"],
  ] as const) {
    it(`keeps all that belongs to ${from} when it is called ${to}, by a plan that was saved`, async () => {
      const before = await ids();
      // The team has made its own of the Dockerfile that was put there once.
      const path = `/api/v3/repos/acme/${from}/contents/Dockerfile`;
      const { sha } = await chain.call("github", "GET", path);
      const content = Buffer.from(`# the team's own, in ${from}\n`).toString("base64");
      await chain.call("github", "PUT", path, { message: "Ours", sha, branch: "main", content });

      await chain.succeed("config", "set", "--path", "delivery:repository.name", to, "--plaintext");
      const plan = join(chain.projectDir, "rename.plan");
      const preview = await delivery("preview", NO_POLICY, "--save-plan", plan);
      assert.equal(preview.code, 2);
      assert.match(
        preview.report.headline,
        new RegExp(`renames the repository to ${to}.*nothing is replaced or deleted`),
      );
      const done = await delivery("up", NO_POLICY, "--yes", "--plan", plan);
      assert.equal(done.code, 0, JSON.stringify(done.report.diagnostics));

      assert.deepEqual(await ids(), before);
      const deletions = (await chain.console.writes()).filter((line) => line.includes(" DELETE "));
      assert.deepEqual(deletions, []);
      const file = await chain.call("github", "GET", `/api/v3/repos/acme/${to}/contents/Dockerfile`);
      assert.equal(Buffer.from(file.content, "base64").toString(), `# the team's own, in ${from}\n`);
      await chain.call("github", "GET", `/api/v3/repos/acme/${to}/vulnerability-alerts`);
      const outputs = JSON.parse(await chain.succeed("stack", "output", "--json"));
      assert.equal(outputs.repository.fullName, `acme/${to}`);
      assert.ok(outputs.repository.url.endsWith(`/acme/${to}`));
      assert.equal(outputs.pipeline.slug, `gh/acme/${to}`);

      assert.equal((await delivery("preview", NO_POLICY)).report.headline.split(":")[0], "No changes");
    });
  }

  it("is not taken for an edit when GitHub has the repository under its new name alone", async () => {
    const drift = await delivery("drift");
    assert.equal(drift.report.outcome, "no changes", drift.report.headline);
  });

  it("repairs after a failed update what that has not done, and blames nobody for it", async () => {
    await chain.succeed("config", "set", "--path", "delivery:repository.description", "Our site", "--plaintext");
    const refusal = { status: 422, body: { message: "Validation Failed", errors: ["not today"] } };
    await chain.console.fault({ service: "github", method: "PATCH", path: "/**", action: refusal, times: "always" });
    const failed = await delivery("up", NO_POLICY, "--yes");
    await chain.console.clearFaults();
    assert.equal(failed.code, 1);
    const words = "GitHub answered PATCH /repos/acme/site with 422: Validation Failed: not today";
    assert.deepEqual(
      failed.report.diagnostics.map(({ message }) => message),
      [words],
    );
    const { initErrors } = (await chain.state()).only("github:index/repository:Repository");
    assert.equal(initErrors?.length, 1);

    const drift = await delivery("drift");
    assert.deepEqual([drift.code, drift.report.outcome], [0, "no changes"], drift.report.headline);
    assert.match(drift.report.drift?.pending.join() ?? "", /repository acme\/site/);
    const preview = await delivery("preview", NO_POLICY);
    assert.equal(preview.code, 2);
    assert.match(preview.report.headline, /^1 change: changes the repository's description to Our site/);
    const done = await delivery("up", NO_POLICY, "--yes");
    assert.equal(done.code, 0, done.report.headline);
    assert.equal((await chain.call("github", "GET", "/api/v3/repos/acme/site")).description, "Our site");
    assert.equal((await delivery("preview", NO_POLICY)).code, 0);
  });

  it("is destroyed by its present name", async () => {
    await chain.succeed("destroy", "--yes", "--skip-preview", "--run-program");
    const state = await chain.console.state();
    assert.equal(state["github"]?.["repositories"], 0);
    assert.equal(state["circleci"]?.["projects"], 0);
  });
});
