/** Continuous delivery by a pipeline file that the team writes. */
import assert from "node:assert/strict";
import { parse, stringify } from "yaml";
import { type Chain, openChain } from "./support/chain.ts";

describe("delivery by a file of the team's own, end to end", function () {
  this.timeout(900_000);
  let chain: Chain;

  before(async () => {
    chain = await openChain();
  });
  after(async () => {
    await chain?.close();
  });

  const set = (key: string, value: string): Promise<string> =>
    chain.succeed("config", "set", "--path", `delivery:${key}`, value, "--plaintext");

  it("refuses until that has the job that delivers, which it prints", async () => {
    await chain.succeed("up", "--yes", "--skip-preview");
    const { image } = (await chain.outputs()) as unknown as { image: { tag: string } };
    await set("image.tag", image.tag);
    await set("image.delivery", "continuous");
    const { env, services } = chain.world.description;
    const path = new URL("/api/v3/repos/acme/site/contents/.circleci/config.yml", services.github);
    const headers = { authorization: `Bearer ${env["GITHUB_TOKEN"]}`, "user-agent": "test" };
    const push = async (text: string): Promise<void> => {
      const { sha } = (await (await fetch(path, { headers })).json()) as { sha: string };
      const body = { message: "Our pipeline", content: Buffer.from(text).toString("base64"), sha };
      const answer = await fetch(path, { method: "PUT", headers, body: JSON.stringify(body) });
      assert.equal(answer.status, 200, await answer.text());
      await chain.succeed("refresh", "--yes", "--target", "**repository-pipeline-file");
    };
    await set("repository.pipelineFile", "observed");
    const own = { version: 2.1, jobs: { test: { docker: [{ image: "cimg/python:3.12" }], steps: ["checkout"] } } };
    await push(stringify({ ...own, workflows: { all: { jobs: ["test"] } } }));
    const before = await chain.writes();
    const { code, stdout, stderr } = await chain.pulumi("preview");
    assert.notEqual(code, 0);
    const said = (stdout + stderr).replaceAll(/^ {4}/gm, "");
    assert.match(said, /image\.delivery is `continuous`, and \.circleci\/config\.yml has no job that delivers/);
    assert.deepEqual(await chain.writes(), before);
    const job = parse(/^jobs:\n(?: .*\n|\n)+workflows:\n(?: .*\n)+/m.exec(said)?.[0] ?? "");
    const { deliver } = job.jobs;
    const invoked = { deliver: { ...job.workflows.checks.jobs[0].deliver, requires: ["test"] } };
    await push(stringify({ ...own, jobs: { ...own.jobs, deliver }, workflows: { all: { jobs: ["test", invoked] } } }));
    await chain.succeed("preview");
  });
});
