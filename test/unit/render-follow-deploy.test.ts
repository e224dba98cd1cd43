import assert from "node:assert/strict";
import type { CallContext } from "../../providers/kit/resource.ts";
import type { Deploy, ImageService } from "../../providers/render/plugin/api/answers.ts";
import type { RenderClient } from "../../providers/render/plugin/client.ts";
import { followDeploy } from "../../providers/render/plugin/deploys/follow.ts";
import { hasFailed, hasServed, isPending } from "../../providers/render/plugin/deploys/history.ts";
import { longestInStatusMs } from "../../providers/render/plugin/deploys/limits.ts";

const deploy = (status: string, more: Partial<Deploy> = {}): Deploy => ({
  id: "dep-1",
  status,
  createdAt: "2026-01-01T00:00:00Z",
  ...more,
});

describe("following a deploy of Render", () => {
  const service = { id: "srv-1", name: "site", dashboardUrl: "https://dashboard.example/srv-1" } as ImageService;

  /** A service whose deploy has these statuses, one after the other; the last one stays. */
  const following = (statuses: readonly Deploy[], signal = new AbortController().signal) => {
    const left = [...statuses];
    const call = async () => (left.length > 1 ? left.shift() : left[0]);
    const context = { client: { call }, signal, urn: "", log() {}, progress() {} };
    return context as unknown as CallContext<RenderClient>;
  };
  const followed = { service, deployId: "dep-1", isOurs: () => true };

  it("ends when a status lasts longer than Render lets it, and says so", async () => {
    const longestMs = (status: string): number => (status === "update_in_progress" ? 1 : 60_000);
    const context = following([deploy("queued"), deploy("update_in_progress")]);
    await assert.rejects(followDeploy(context, { ...followed, longestMs }), {
      message:
        'deploy dep-1 on service "site" has been update_in_progress (the new instance starts and its health is checked) ' +
        "for 0 min, and Render ends a deploy after 15 min of it. Look at " +
        "https://dashboard.example/srv-1/deploys/dep-1; run the same command again to wait on",
    });
  });

  it("lets each step take as long as Render does", () => {
    const minutes = ["build_in_progress", "pre_deploy_in_progress", "update_in_progress", "queued", "of next year"];
    assert.deepEqual(
      minutes.map((status) => longestInStatusMs(status) / 60_000),
      [120, 30, 15, 165, 165],
    );
  });

  it("says at which status it was interrupted", async () => {
    const abort = new AbortController();
    const context = following([deploy("pre_deploy_in_progress")], abort.signal);
    const work = followDeploy({ ...context, progress: () => abort.abort() }, followed);
    await assert.rejects(work, {
      message: "deploy dep-1 was still pre_deploy_in_progress; it goes on, and the next run waits for it",
    });
  });

  it("takes a deploy that served and was replaced for one that served", async () => {
    assert.equal((await followDeploy(following([deploy("deactivated")]), followed)).status, "deactivated");
  });

  it("waits on through a status that it does not know, until the deploy has an end", async () => {
    const statuses = [deploy("warming_up", {}), deploy("live")];
    assert.equal((await followDeploy(following(statuses), followed)).status, "live");
    const ended = deploy("lost_in_space", { finishedAt: "2026-01-01T00:01:00Z" });
    assert.deepEqual([isPending(ended), hasServed(ended), hasFailed(ended)], [false, false, true]);
  });
});
