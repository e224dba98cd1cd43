/** The sandbox is killed in the middle of a deploy: it keeps what it had, and the next `up` ends as declared. */
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";
import { serveInProcess } from "./support/services-process.ts";

const UP = ["up", "--yes", "--skip-preview"];
const POLL_MS = 50;

describe("a sandbox that is killed in the middle of a deploy", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  let isUnhealthy = true;
  before(async () => {
    chain = await openScriptedChain({ serve: (options) => serveInProcess({ ...options, isUnhealthy }) });
  });
  after(() => chain?.close());

  /** The deploys of the only service, newest first; none while there is no service. */
  const deploys = async (): Promise<{ status: string }[]> => {
    const [first] = await chain.call("render", "GET", "/v1/services");
    if (!first) return [];
    const found: { deploy: { status: string } }[] = await chain.call(
      "render",
      "GET",
      `/v1/services/${first.service.id}/deploys`,
    );
    return found.map(({ deploy }) => deploy);
  };

  it("keeps its objects, goes on with the deploy, and makes nothing twice", async () => {
    const run = chain.pulumi(...UP);
    let isOver = false;
    run.finally(() => {
      isOver = true;
    });
    while ((await deploys())[0]?.status !== "update_in_progress") {
      assert.ok(!isOver, JSON.stringify(await Promise.race([run, undefined])));
      await wait(POLL_MS);
    }
    const before = await chain.console.state();
    isUnhealthy = false;
    // Ends the process by SIGKILL, and starts another over the same database, at the same addresses.
    await chain.changeAccount({});
    const kept = await chain.console.state();
    for (const [service, kinds] of Object.entries(before))
      for (const [kind, count] of Object.entries(kinds))
        assert.ok((kept[service]?.[kind] ?? 0) >= count, `${service} had ${count} ${kind}: ${JSON.stringify(kept)}`);
    await run;
    await chain.succeed(...UP);
    await chain.succeed("preview", "--refresh", "--diff", "--expect-no-changes");
    const { github, circleci, sentry, render } = await chain.console.state();
    const counts = [github?.["repositories"], circleci?.["contexts"], sentry?.["projects"], render?.["services"]];
    assert.deepEqual(counts, [1, 1, 1, 1]);
    assert.deepEqual(
      (await deploys()).map(({ status }) => status),
      ["live"],
    );
  });
});
