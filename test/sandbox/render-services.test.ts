import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { openStorage } from "../../sandbox/services/core/store.ts";
import { type RenderUnderTest, serviceRequest, startRender } from "./render-client.ts";

describe("emulated Render: services", () => {
  let render: RenderUnderTest;
  beforeEach(async () => {
    render = await startRender({ healthDeadlineMs: 300 });
  });
  afterEach(() => render.close());

  it("refuses a wrong key and unknown ids in the vendor's words", async () => {
    const unauthorized = await render.call("GET", "/owners", undefined, "other");
    assert.deepEqual([unauthorized.status, unauthorized.body], [401, { message: "Unauthorized" }]);
    const missing = await render.call("GET", "/services/srv-nothing");
    assert.deepEqual([missing.status, missing.body], [404, { message: "not found: srv-nothing" }]);
    const owners = await render.call("GET", "/owners");
    assert.equal(owners.headers.get("ratelimit-limit"), "400");
    assert.ok(Number(owners.headers.get("ratelimit-remaining")) < 400);
  });

  it("names what is wrong with a request, and makes nothing", async () => {
    const base = serviceRequest(render.ownerId);
    const details = base["serviceDetails"] as object;
    const refused = async (change: object) => {
      const { status, body } = await render.call("POST", "/services", { ...base, ...change });
      assert.equal(status, 400);
      return body.message;
    };
    const image = { ownerId: render.ownerId, imagePath: "acme/site:1" };
    assert.equal(await refused({ name: undefined }), "missing name");
    assert.equal(await refused({ ownerId: "tea-other" }), "invalid ownerId: tea-other");
    assert.equal(
      await refused({ serviceDetails: { ...details, region: "mars" } }),
      "invalid serviceDetails.region: mars",
    );
    assert.equal(await refused({ serviceDetails: { ...details, plan: "huge" } }), "invalid serviceDetails.plan: huge");
    assert.equal(
      await refused({ serviceDetails: { ...details, numInstances: 0 } }),
      "invalid serviceDetails.numInstances",
    );
    assert.equal(
      await refused({ image: { ...image, registryCredentialId: "rgc-gone" } }),
      "invalid image.registryCredentialId: rgc-gone",
    );
    assert.equal(
      await refused({ image: { ...image, imagePath: "Not An Image" } }),
      "invalid image.imagePath: Not An Image",
    );
    assert.equal(await refused({ environmentId: "evm-gone" }), "invalid environmentId: evm-gone");
    assert.match(await refused({ image: undefined }), /runs services from an image only/);
    assert.equal(await refused({ envVars: [{ key: "A", value: 1 }] }), "invalid envVars.0");
    assert.equal(render.state()["services"], 0);
  });

  it("answers a new service with the defaults of the vendor", async () => {
    const { status, body } = await render.call("POST", "/services", {
      type: "web_service",
      name: "My Site",
      ownerId: render.ownerId,
      image: { ownerId: "", imagePath: "nginx" },
      envVars: null,
      secretFiles: null,
      serviceDetails: { runtime: "image", envSpecificDetails: {} },
    });
    assert.equal(status, 201);
    assert.match(body.deployId, /^dep-[0-9a-v]{20}$/);
    const { service } = body;
    assert.match(service.id, /^srv-[0-9a-v]{20}$/);
    assert.equal(service.imagePath, "docker.io/library/nginx:latest");
    assert.equal(service.slug, "my-site");
    assert.deepEqual([service.suspended, service.suspenders], ["not_suspended", []]);
    const { plan, region, numInstances, healthCheckPath, openPorts, runtime, url } = service.serviceDetails;
    assert.deepEqual(
      [plan, region, numInstances, healthCheckPath, openPorts, runtime],
      ["starter", "oregon", 1, "", null, "image"],
    );
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("lets two services have one name, and tells them apart by their slugs", async () => {
    const first = await render.createService();
    const second = await render.createService();
    const { body } = await render.call("GET", `/services?name=site&type=web_service&ownerId=${render.ownerId}`);
    assert.deepEqual(
      body.map((item: { service: { id: string } }) => item.service.id),
      [first.id, second.id],
    );
    const slugs = body.map((item: { service: { slug: string } }) => item.service.slug);
    assert.equal(slugs[0], "site");
    assert.match(slugs[1], /^site-[0-9a-v]{4}$/);
    assert.notEqual(first.url, second.url);
  });

  it("filters and pages the list to an end", async () => {
    for (let number = 1; number <= 5; number += 1) await render.createService({ name: `site-${number}` });
    const names: string[] = [];
    let cursor = "";
    for (;;) {
      const { body } = await render.call("GET", `/services?limit=2${cursor}`);
      if (body.length === 0) break;
      names.push(...body.map((item: { service: { name: string } }) => item.service.name));
      cursor = `&cursor=${body.at(-1).cursor}`;
    }
    assert.deepEqual(names, ["site-1", "site-2", "site-3", "site-4", "site-5"]);
    assert.equal((await render.call("GET", "/services?name=site-2,site-4")).body.length, 2);
    assert.equal((await render.call("GET", "/services?name=site")).body.length, 0);
    assert.equal((await render.call("GET", "/services?type=cron_job")).body.length, 0);
    assert.equal((await render.call("GET", "/services?cursor=other")).status, 400);
    assert.equal((await render.call("GET", "/services?limit=0")).status, 400);
  });

  it("changes what a PATCH names, deploys nothing by itself, and drops a credential that the image leaves out", async () => {
    const credential = await render.call("POST", "/registrycredentials", {
      registry: "GITHUB",
      name: "ghcr",
      username: "acme",
      authToken: "secret-token",
      ownerId: render.ownerId,
    });
    const image = { ownerId: render.ownerId, imagePath: "ghcr.io/acme/site:1" };
    const { id } = await render.createService({ image: { ...image, registryCredentialId: credential.body.id } });
    const before = (await render.call("GET", `/services/${id}`)).body;
    assert.deepEqual(before.registryCredential, { id: credential.body.id, name: "ghcr" });
    const { body } = await render.call("PATCH", `/services/${id}`, {
      name: "renamed",
      image: { ...image, imagePath: "ghcr.io/acme/site:2" },
      serviceDetails: { plan: "pro", preDeployCommand: "migrate", envSpecificDetails: { dockerCommand: "serve" } },
    });
    assert.deepEqual([body.name, body.imagePath, body.slug], ["renamed", "ghcr.io/acme/site:2", before.slug]);
    assert.equal(body.registryCredential, undefined);
    assert.equal(body.serviceDetails.plan, "pro");
    assert.equal(body.serviceDetails.healthCheckPath, "/healthz");
    assert.equal(body.serviceDetails.envSpecificDetails.dockerCommand, "serve");
    assert.equal(body.serviceDetails.envSpecificDetails.preDeployCommand, "migrate");
    assert.equal((await render.call("GET", `/services/${id}/deploys`)).body.length, 1);
  });

  it("suspends: 503 for visitors, no deploys, until it is resumed", async () => {
    const { id, deployId, url } = await render.createService();
    await render.ended(id, deployId);
    assert.equal((await render.call("POST", `/services/${id}/resume`)).status, 400);
    assert.equal((await render.call("POST", `/services/${id}/suspend`)).status, 202);
    const { body } = await render.call("GET", `/services/${id}`);
    assert.deepEqual([body.suspended, body.suspenders], ["suspended", ["user"]]);
    const page = await fetch(url);
    assert.equal(page.status, 503);
    assert.match(await page.text(), /suspended by its owner/);
    assert.equal(render.runner.running(), 0);
    const refused = await render.call("POST", `/services/${id}/deploys`, {});
    assert.deepEqual([refused.status, refused.body], [400, { message: "cannot deploy suspended service" }]);

    assert.equal((await render.call("POST", `/services/${id}/resume`)).status, 202);
    const [newest] = (await render.call("GET", `/services/${id}/deploys`)).body;
    assert.equal(newest.deploy.trigger, "service_resumed");
    assert.equal(await render.ended(id, newest.deploy.id), "live");
    assert.equal((await fetch(url)).status, 200);
  });

  it("scales, and shows a maintenance page", async () => {
    const { id, deployId, url } = await render.createService();
    await render.ended(id, deployId);
    assert.equal((await render.call("POST", `/services/${id}/scale`, { numInstances: 3 })).status, 202);
    assert.equal((await render.call("GET", `/services/${id}`)).body.serviceDetails.numInstances, 3);
    await render.call("PATCH", `/services/${id}`, {
      serviceDetails: { maintenanceMode: { enabled: true, uri: "" } },
    });
    assert.equal((await fetch(url)).status, 503);
  });

  it("serves visitors through an edge that marks their requests", async () => {
    const { id, deployId, url } = await render.createService();
    await render.ended(id, deployId);
    const response = await fetch(url, { headers: { Origin: url } });
    const { headers } = (await response.json()) as { headers: Record<string, string> };
    assert.equal(headers["x-forwarded-proto"], "https");
    assert.equal(headers["origin"], url.replace("http:", "https:"));
    assert.equal(headers["host"], new URL(url).host);
    assert.ok(headers["x-request-id"]);
    assert.equal(response.headers.get("x-request-id"), headers["x-request-id"]);
  });

  it("leaves nothing of a deleted service", async () => {
    const { id, deployId, url } = await render.createService();
    await render.ended(id, deployId);
    await render.call("POST", `/services/${id}/custom-domains`, { name: "www.example.com" });
    assert.equal((await render.call("DELETE", `/services/${id}`)).status, 204);
    assert.equal((await render.call("GET", `/services/${id}`)).status, 404);
    assert.equal((await render.call("DELETE", `/services/${id}`)).status, 404);
    assert.deepEqual(
      Object.entries(render.state()).filter(([, count]) => count !== 0),
      [],
    );
    assert.equal(render.runner.running(), 0);
    await assert.rejects(fetch(url));
  });

  it("serves again at the same address after the sandbox was restarted, and ends what was under way", async () => {
    const storage = openStorage(":memory:");
    const former = await startRender({ storage });
    const site = await former.createService();
    await former.ended(site.id, site.deployId);
    former.runner.script(/:2$/, "unhealthy");
    const { body: second } = await former.call("POST", `/services/${site.id}/deploys`, {
      imageUrl: "localhost:5000/acme/site:2",
    });
    await former.close();
    assert.equal(former.runner.running(), 0);

    const restarted = await startRender({ storage });
    try {
      assert.equal(await restarted.ended(site.id, second.id), "live");
      const { body } = await restarted.call("GET", `/services/${site.id}`);
      assert.equal(body.serviceDetails.url, site.url);
      assert.equal(((await (await fetch(site.url)).json()) as { image: string }).image, "localhost:5000/acme/site:2");
    } finally {
      await restarted.close();
      storage.close();
    }
  });

  it("tells that another process has the port of a site, and serves on another one", async () => {
    const storage = openStorage(":memory:");
    const former = await startRender({ storage });
    const site = await former.createService();
    await former.ended(site.id, site.deployId);
    await former.close();
    const { port } = new URL(site.url);
    const other = createServer().listen(Number(port), "127.0.0.1");
    await once(other, "listening");
    const restarted = await startRender({ storage });
    try {
      const { body } = await restarted.call("GET", `/services/${site.id}`);
      const { url } = body.serviceDetails;
      assert.notEqual(url, site.url);
      assert.match(
        restarted.logged.join(),
        new RegExp(`^Port ${port}, where the site of site was .*${new URL(url).port}`),
      );
      await restarted.until(async () => (await fetch(url)).ok, "the site answers");
    } finally {
      await restarted.close();
      other.close();
      storage.close();
    }
  });
});
