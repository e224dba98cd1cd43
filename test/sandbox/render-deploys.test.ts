import assert from "node:assert/strict";
import { scriptedDigest } from "../../sandbox/services/render/scripted-runner.ts";
import { type RenderUnderTest, startRender } from "./render-client.ts";

describe("emulated Render: deploys", () => {
  let render: RenderUnderTest;
  beforeEach(async () => {
    render = await startRender({ healthDeadlineMs: 300 });
  });
  afterEach(() => render.close());

  const image = (tag: string) => `localhost:5000/acme/site:${tag}`;
  const deploy = async (id: string, tag: string) =>
    (await render.call("POST", `/services/${id}/deploys`, { imageUrl: image(tag) })).body;
  const statusOf = async (id: string, deployId: string) =>
    (await render.call("GET", `/services/${id}/deploys/${deployId}`)).body.status;
  const served = async (url: string) => ((await (await fetch(url)).json()) as { image: string }).image;

  it("brings the first deploy to life and serves it at the service's address", async () => {
    const { id, deployId, url } = await render.createService();
    assert.equal(await render.ended(id, deployId), "live");
    const { body } = await render.call("GET", `/services/${id}/deploys/${deployId}`);
    assert.deepEqual(body.image, { ref: image("1"), sha: scriptedDigest(image("1")) });
    assert.equal(body.trigger, "api");
    assert.ok(body.createdAt <= body.startedAt && body.startedAt <= body.finishedAt);
    assert.equal(await served(url), image("1"));
  });

  it("gives the container the service's variables, files and credential, and Render's own variables", async () => {
    const credential = await render.call("POST", "/registrycredentials", {
      registry: "DOCKER",
      name: "registry",
      username: "acme",
      authToken: "pull-token",
      ownerId: render.ownerId,
    });
    const { id, deployId, url } = await render.createService({
      image: { ownerId: render.ownerId, imagePath: image("1"), registryCredentialId: credential.body.id },
      secretFiles: [{ name: "key.pem", content: "file-secret" }],
    });
    await render.ended(id, deployId);
    const [request] = render.runner.started;
    assert.deepEqual(request?.credential, { username: "acme", password: "pull-token" });
    assert.deepEqual(request?.files, { "/etc/secrets/key.pem": "file-secret" });
    const { DEBUG, RENDER, RENDER_SERVICE_ID, RENDER_EXTERNAL_URL } = request?.env ?? {};
    assert.deepEqual([DEBUG, RENDER, RENDER_SERVICE_ID, RENDER_EXTERNAL_URL], ["false", "true", id, url]);
  });

  it("replaces what serves only when the new instance is healthy, at the same address", async () => {
    const first = await render.createService();
    await render.ended(first.id, first.deployId);
    const second = await deploy(first.id, "2");
    assert.equal(second.status, "created");
    assert.equal(await render.ended(first.id, second.id), "live");
    assert.equal(await statusOf(first.id, first.deployId), "deactivated");
    assert.equal(await served(first.url), image("2"));
    await render.until(() => render.runner.running() === 1, "the old instance is stopped");
  });

  for (const [behaviour, reason] of [
    ["unpullable", /could not be started: manifest unknown/],
    ["crashes", /exited early with status 1/],
    ["unhealthy", /health check at \/healthz did not succeed within 0\.3 seconds: it answered 503/],
  ] as const) {
    it(`leaves the old image serving when the new one ${behaviour}`, async () => {
      const first = await render.createService();
      await render.ended(first.id, first.deployId);
      render.runner.script(/:2$/, behaviour);
      const second = await deploy(first.id, "2");
      assert.equal(await render.ended(first.id, second.id), "update_failed");
      assert.equal(await statusOf(first.id, first.deployId), "live");
      assert.equal(await served(first.url), image("1"));
      assert.equal(render.runner.running(), 1);
      const logs = await render.call("GET", `/logs?ownerId=${render.ownerId}&resource=${first.id}&limit=100`);
      const messages = logs.body.logs.map(({ message }: { message: string }) => message);
      assert.match(messages.join("\n"), reason);
      const events = await render.call("GET", `/services/${first.id}/events?type=deploy_ended`);
      assert.equal(events.body[0].event.details.deployStatus, "failed");
    });
  }

  it("answers 502 while nothing has come to serve", async () => {
    render.runner.script(/:1$/, "crashes");
    const { id, deployId, url } = await render.createService();
    assert.equal(await render.ended(id, deployId), "update_failed");
    assert.equal((await fetch(url)).status, 502);
  });

  it("cancels the older of two deploys in favour of the newer", async () => {
    render.runner.script(/:1$/, "unhealthy");
    const first = await render.createService();
    await render.until(() => render.runner.running() === 1, "the first instance has started");
    const second = await deploy(first.id, "2");
    assert.equal(await statusOf(first.id, first.deployId), "canceled");
    assert.equal(await render.ended(first.id, second.id), "live");
    assert.equal(await statusOf(first.id, first.deployId), "canceled");
    await render.until(() => render.runner.running() === 1, "only the second instance runs");
    const events = await render.call("GET", `/services/${first.id}/events?type=deploy_ended`);
    assert.deepEqual(events.body[1].event.details.reason, { newDeploy: { id: second.id } });
  });

  it("cancels a deploy on request, and none that has ended", async () => {
    render.runner.script(/:1$/, "unhealthy");
    const { id, deployId } = await render.createService();
    const path = `/services/${id}/deploys/${deployId}/cancel`;
    const canceled = await render.call("POST", path);
    assert.deepEqual([canceled.status, canceled.body.status], [200, "canceled"]);
    const again = await render.call("POST", path);
    assert.deepEqual([again.status, again.body.message], [400, "cannot cancel deploy with status canceled"]);
    await render.until(() => render.runner.running() === 0, "its instance is stopped");
  });

  it("runs the pre-deploy command first, and goes no further when it fails", async () => {
    const details = { runtime: "image", preDeployCommand: "python manage.py migrate" };
    const first = await render.createService({ serviceDetails: details });
    assert.equal(await render.ended(first.id, first.deployId), "live");
    assert.deepEqual(
      render.runner.started.map(({ command }) => command),
      ["python manage.py migrate", undefined],
    );
    render.runner.script(/:2$/, "crashes");
    const second = await deploy(first.id, "2");
    assert.equal(await render.ended(first.id, second.id), "pre_deploy_failed");
    assert.equal(render.runner.started.length, 3);
    assert.equal(await served(first.url), image("1"));
  });

  it("rolls back to a deploy that has served", async () => {
    const first = await render.createService();
    await render.ended(first.id, first.deployId);
    await render.ended(first.id, (await deploy(first.id, "2")).id);
    const back = await render.call("POST", `/services/${first.id}/rollback`, { deployId: first.deployId });
    assert.deepEqual([back.status, back.body.trigger], [201, "rollback"]);
    assert.equal(await render.ended(first.id, back.body.id), "live");
    assert.equal(await served(first.url), image("1"));
  });

  it("deploys only its own repository's images", async () => {
    const { id } = await render.createService();
    const other = await render.call("POST", `/services/${id}/deploys`, { imageUrl: "localhost:5000/acme/other:1" });
    assert.equal(other.status, 400);
    assert.match(other.body.message, /imageUrl must match/);
    const commit = await render.call("POST", `/services/${id}/deploys`, { commitId: "abc" });
    assert.equal(commit.status, 400);
  });

  it("lists the newest deploy first, filtered and paged to an end", async () => {
    const { id, deployId } = await render.createService();
    await render.ended(id, deployId);
    const ids = [deployId];
    for (const tag of ["2", "3"]) {
      const { id: next } = await deploy(id, tag);
      ids.unshift(next);
      await render.ended(id, next);
    }
    const read: string[] = [];
    let cursor = "";
    for (;;) {
      const { body } = await render.call("GET", `/services/${id}/deploys?limit=2${cursor}`);
      if (body.length === 0) break;
      read.push(...body.map((item: { deploy: { id: string } }) => item.deploy.id));
      cursor = `&cursor=${body.at(-1).cursor}`;
    }
    assert.deepEqual(read, ids);
    const live = await render.call("GET", `/services/${id}/deploys?status=live`);
    assert.deepEqual(
      live.body.map((item: { deploy: { id: string } }) => item.deploy.id),
      [ids[0]],
    );
  });
});
