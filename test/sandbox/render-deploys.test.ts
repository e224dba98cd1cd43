import assert from "node:assert/strict";
import { type ScriptedRunner, scriptedDigest, scriptedRunner } from "../../sandbox/services/render/scripted-runner.ts";
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
    const { DEBUG, RENDER, RENDER_SERVICE_ID, RENDER_EXTERNAL_URL, RENDER_EXTERNAL_HOSTNAME } = request?.env ?? {};
    assert.deepEqual([DEBUG, RENDER, RENDER_SERVICE_ID, RENDER_EXTERNAL_URL], ["false", "true", id, url]);
    // Django compares a name without the port.
    assert.equal(RENDER_EXTERNAL_HOSTNAME, new URL(url).hostname);
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

  for (const [behaviour, status, reason] of [
    ["unpullable", "build_failed", /could not be pulled: manifest unknown/],
    ["crashes", "update_failed", /exited early with status 1/],
    ["unhealthy", "update_failed", /health check at \/healthz did not succeed within 0\.3 seconds: it answered 503/],
  ] as const) {
    it(`leaves the old image serving when the new one ${behaviour}`, async () => {
      const first = await render.createService();
      await render.ended(first.id, first.deployId);
      render.runner.script(/:2$/, behaviour);
      const second = await deploy(first.id, "2");
      assert.equal(await render.ended(first.id, second.id), status);
      assert.equal(await statusOf(first.id, first.deployId), "live");
      assert.equal(await served(first.url), image("1"));
      assert.equal(render.runner.running(), 1);
      const logs = await render.call("GET", `/logs?ownerId=${render.ownerId}&resource=${first.id}&limit=100`);
      const messages = logs.body.logs.map(({ message }: { message: string }) => message);
      assert.match(messages.join("\n"), reason);
      const events = await render.call("GET", `/services/${first.id}/events?type=deploy_ended`);
      const { details } = events.body[0].event;
      assert.deepEqual([details.deployStatus, details.status], ["failed", 4]);
    });
  }

  it("answers 502 while nothing has come to serve", async () => {
    render.runner.script(/:1$/, "crashes");
    const { id, deployId, url } = await render.createService();
    assert.equal(await render.ended(id, deployId), "update_failed");
    assert.equal((await fetch(url)).status, 502);
  });

  it("knows what the image stands for at once, and names what is not there yet as null", async () => {
    const { id, deployId } = await render.createService();
    await render.ended(id, deployId);
    const second = await deploy(id, "2");
    assert.deepEqual(second.image, { ref: image("2"), sha: scriptedDigest(image("2")) });
    assert.deepEqual([second.commit, second.finishedAt], [null, null]);
    const { body: read } = await render.call("GET", `/services/${id}/deploys/${second.id}`);
    assert.ok(!Object.hasOwn(read, "commit"));
    await render.ended(id, second.id);
  });

  it("lets a deploy wait for the one under way, without an id, and makes only the newest of those", async () => {
    render.runner.script(/:1$/, "unhealthy");
    const first = await render.createService();
    await render.until(() => render.runner.running() === 1, "the first instance has started");
    for (const tag of ["2", "3"]) {
      const { status, body } = await render.call("POST", `/services/${first.id}/deploys`, { imageUrl: image(tag) });
      assert.deepEqual([status, body], [202, undefined]);
    }
    const listed = async () => (await render.call("GET", `/services/${first.id}/deploys`)).body;
    assert.equal((await listed()).length, 1);
    assert.equal(await render.ended(first.id, first.deployId), "update_failed");
    await render.until(async () => (await listed()).length === 2, "the deploy that waited is made");
    const [{ deploy: second }] = await listed();
    assert.equal(await render.ended(first.id, second.id), "live");
    assert.equal(await served(first.url), image("3"));
  });

  it("says queued of a deploy whose turn has come, and build_in_progress while its image is fetched", async () => {
    const gates = new Map<string, () => void>();
    const runner = scriptedRunner();
    let ended = false;
    const at = (gate: string) => new Promise<void>((resolve) => (ended ? resolve() : gates.set(gate, resolve)));
    const gated: ScriptedRunner = {
      ...runner,
      async digestOf(reference) {
        if (gates.has("first") && reference === image("2")) await at("digest");
        return runner.digestOf?.(reference);
      },
      async start(request) {
        await at(request.image === image("1") ? "first" : "start");
        return runner.start(request);
      },
    };
    const slow = await startRender({ runner: gated });
    try {
      const { id, deployId } = await slow.createService();
      await slow.until(() => gates.has("first"), "the first image is fetched");
      assert.equal((await slow.call("GET", `/services/${id}/deploys/${deployId}`)).body.status, "build_in_progress");
      const waiting = slow.call("POST", `/services/${id}/deploys`, { imageUrl: image("2") });
      await slow.until(() => gates.has("digest"), "the reference is looked up");
      gates.get("digest")?.();
      gates.delete("digest");
      assert.equal((await waiting).status, 202);
      gates.get("first")?.();
      await slow.until(() => gates.has("digest"), "the turn of the second has come");
      const newest = async () => (await slow.call("GET", `/services/${id}/deploys`)).body[0].deploy;
      assert.equal((await newest()).status, "queued");
      gates.get("digest")?.();
      await slow.until(() => gates.has("start"), "the second image is fetched");
      const second = await newest();
      assert.equal(second.status, "build_in_progress");
      gates.get("start")?.();
      assert.equal(await slow.ended(id, second.id), "live");
    } finally {
      ended = true;
      for (const open of gates.values()) open();
      await slow.close();
    }
  });

  it("tells the life of an instance as events", async () => {
    const { id, deployId } = await render.createService();
    await render.ended(id, deployId);
    render.runner.script(/:2$/, "crashes");
    await render.ended(id, (await deploy(id, "2")).id);
    const events = (await render.call("GET", `/services/${id}/events?limit=100`)).body.map(
      ({ event }: { event: { type: string; details: object } }) => [event.type, event.details],
    );
    const of = (type: string) =>
      events.filter(([name]: [string]) => name === type).map(([, details]: [string, object]) => details);
    assert.deepEqual(of("server_available"), [{}]);
    const [failed] = of("server_failed");
    assert.match(failed.instanceID, new RegExp(`^${id}-[0-9a-z]{5}$`));
    assert.deepEqual(failed.reason, { evicted: false, nonZeroExit: 1 });
    assert.deepEqual(of("deploy_ended")[1], { deployId, deployStatus: "succeeded", status: 2, reason: {} });
  });

  it("cancels the older of two deploys in favour of the newer, where the workspace says so", async () => {
    await render.close();
    render = await startRender({ healthDeadlineMs: 300, account: { renderOverlappingDeploys: "override" } });
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
