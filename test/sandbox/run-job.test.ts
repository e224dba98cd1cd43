import assert from "node:assert/strict";
import type { ChainLink } from "../../sandbox/console/overview.ts";
import { type EndedRun, runJob } from "../../sandbox/run-job.ts";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import { type ScriptedRunner, scriptedRunner } from "../../sandbox/services/render/scripted-runner.ts";
import { nextSnapshot, type Snapshot } from "./console-events.ts";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

const groupsOf = (chain: readonly ChainLink[]) => chain.find(({ name }) => name === "render")?.groups ?? [];

describe("sandbox run-job", () => {
  let world: ServicesUnderTest;
  let runner: ScriptedRunner;
  beforeEach(async () => {
    runner = scriptedRunner();
    world = await startForTest({ runner });
  });
  afterEach(() => world.close());

  const post = async (path: string, body: object) => {
    const response = await fetch(`${world.running.services.render.baseUrl}/v1${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${defaultAccount.tokens.render}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, await response.clone().text());
    return response.json() as Promise<{ service: { id: string } }>;
  };
  const createJob = async (name: string, image = "ghcr.io/acme/site:1") => {
    const access = `Bearer ${defaultAccount.tokens.render}`;
    const owners = await fetch(`${world.running.services.render.baseUrl}/v1/owners`, {
      headers: { authorization: access },
    });
    const [{ owner }] = (await owners.json()) as [{ owner: { id: string } }];
    const serviceDetails = { runtime: "image", plan: "starter", schedule: "0 3 * * *" };
    const { service } = await post("/services", {
      ...{ type: "cron_job", name, ownerId: owner.id },
      ...{ image: { ownerId: owner.id, imagePath: image }, serviceDetails },
    });
    return service.id;
  };
  const run = async (name: string): Promise<EndedRun & { readonly lines: readonly string[] }> => {
    const lines: string[] = [];
    const signal = new AbortController().signal;
    const { baseUrl } = world.running.services.render;
    const ended = await runJob({ baseUrl, key: defaultAccount.tokens.render, signal }, name, (line) =>
      lines.push(line),
    );
    return { ...ended, lines };
  };
  const overview = async (title: string) => {
    const wanted = ({ chain }: Snapshot) => groupsOf(chain).some((group) => group.title === title);
    const { chain } = await nextSnapshot(world, wanted);
    return groupsOf(chain).find((group) => group.title === title)?.newest ?? [];
  };

  it("runs the job of a name to its end and shows its output alone; the overview tells of both runs", async () => {
    const id = await createJob("cleanup");
    const first = await run("cleanup");
    const again = await run(id);
    for (const { status, lines } of [first, again]) {
      assert.equal(status, "successful");
      assert.deepEqual(lines, ["starting ghcr.io/acme/site:1", "exited with status 0"]);
    }
    const [job] = await overview("Cron jobs");
    assert.equal(job?.status?.text, "last run successful");
    assert.match(job?.detail ?? "", /^0 3 \* \* \* UTC, runs acme\/site:1/);
    const runs = await overview("Runs of cron jobs");
    assert.deepEqual(
      runs.map(({ name, status }) => `${name} ${status?.text}`),
      ["cleanup successful", "cleanup successful"],
    );
  });

  it("tells a failed run with its code", async () => {
    runner.script(/:broken$/, "crashes");
    await createJob("cleanup", "ghcr.io/acme/site:broken");
    const { status, nonZeroExit } = await run("cleanup");
    assert.deepEqual([status, nonZeroExit], ["unsuccessful", 1]);
  });

  it("names the jobs that there are, when there is none of the name", async () => {
    await assert.rejects(run("cleanup"), /There is no job cleanup: the sandbox has none\. Declare one/);
    await createJob("report");
    await assert.rejects(run("cleanup"), /There is no job cleanup\. There are: report\./);
  });
});
