import assert from "node:assert/strict";
import { type RenderUnderTest, startRender } from "./render-client.ts";

describe("emulated Render: what belongs to services and workspaces", () => {
  let render: RenderUnderTest;
  beforeEach(async () => {
    render = await startRender({ domainPointsHere: (name) => name !== "elsewhere.example.com" });
  });
  afterEach(() => render.close());

  it("keeps a credential's token to itself", async () => {
    const fields = {
      registry: "DOCKER",
      name: "hub",
      username: "acme",
      authToken: "token-one",
      ownerId: render.ownerId,
    };
    const created = await render.call("POST", "/registrycredentials", fields);
    assert.equal(created.status, 200);
    assert.deepEqual(Object.keys(created.body).sort(), ["id", "name", "registry", "updatedAt", "username"]);
    const path = `/registrycredentials/${created.body.id}`;
    const changed = await render.call("PATCH", path, { ...fields, username: "robot", authToken: "token-two" });
    assert.equal(changed.body.username, "robot");
    const listed = await render.call("GET", "/registrycredentials?name=hub");
    assert.deepEqual(listed.body, [changed.body]);
    assert.doesNotMatch(JSON.stringify([created.body, changed.body, listed.body]), /token-/);
    const unknown = await render.call("POST", "/registrycredentials", { ...fields, registry: "QUAY" });
    assert.deepEqual([unknown.status, unknown.body.message], [400, "invalid registry: QUAY"]);
    const tokenless = await render.call("POST", "/registrycredentials", { ...fields, authToken: undefined });
    assert.deepEqual([tokenless.status, tokenless.body.message], [400, "missing authToken"]);
    assert.equal((await render.call("DELETE", path)).status, 204);
    assert.equal((await render.call("GET", path)).status, 404);
  });

  it("sets, generates, replaces and pages variables", async () => {
    const { id } = await render.createService();
    const path = `/services/${id}/env-vars`;
    const generated = await render.call("PUT", `${path}/SECRET_KEY`, { generateValue: true });
    assert.equal(Buffer.from(generated.body.value, "base64").length, 32);
    assert.deepEqual((await render.call("GET", `${path}/SECRET_KEY`)).body, generated.body);
    assert.deepEqual((await render.call("PUT", `${path}/DEBUG`, { value: "true" })).body, {
      key: "DEBUG",
      value: "true",
    });
    const listed = await render.call("GET", path);
    assert.deepEqual(
      listed.body.map((item: { envVar: { key: string } }) => item.envVar.key),
      ["DEBUG", "SECRET_KEY"],
    );
    const next = await render.call("GET", `${path}?cursor=${listed.body[1].cursor}`);
    assert.deepEqual(next.body, []);
    assert.equal((await render.call("PUT", `${path}/1BAD`, { value: "x" })).status, 400);
    assert.equal((await render.call("PUT", `${path}/EMPTY`, {})).status, 400);
    assert.equal((await render.call("DELETE", `${path}/DEBUG`)).status, 204);
    assert.equal((await render.call("DELETE", `${path}/DEBUG`)).status, 404);
    const replaced = await render.call("PUT", path, [{ key: "ONLY", value: "one" }]);
    assert.deepEqual(
      replaced.body.map((item: { envVar: object }) => item.envVar),
      [{ key: "ONLY", value: "one" }],
    );
    assert.deepEqual((await render.call("PUT", path, null)).body, []);
  });

  it("keeps secret files", async () => {
    const { id } = await render.createService();
    const path = `/services/${id}/secret-files`;
    assert.equal((await render.call("PUT", `${path}/.env`, { content: "A=1" })).status, 201);
    assert.deepEqual((await render.call("GET", `${path}/.env`)).body, { name: ".env", content: "A=1" });
    const replaced = await render.call("PUT", path, [{ name: "b", content: "2" }]);
    assert.deepEqual(replaced.body[0].secretFile, { name: "b", content: "2" });
    assert.equal((await render.call("GET", `${path}/.env`)).status, 404);
    assert.equal((await render.call("DELETE", `${path}/b`)).status, 204);
    assert.deepEqual((await render.call("GET", path)).body, []);
  });

  it("adds a domain with the twin that redirects to it, and verifies its DNS on request", async () => {
    const { id } = await render.createService();
    const path = `/services/${id}/custom-domains`;
    const created = await render.call("POST", path, { name: "example.co.uk" });
    assert.equal(created.status, 201);
    const summary = created.body.map((domain: Record<string, string>) => [
      domain["name"],
      domain["domainType"],
      domain["redirectForName"],
      domain["publicSuffix"],
      domain["verificationStatus"],
    ]);
    assert.deepEqual(summary, [
      ["example.co.uk", "apex", "", "co.uk", "unverified"],
      ["www.example.co.uk", "subdomain", "example.co.uk", "co.uk", "unverified"],
    ]);
    assert.equal((await render.call("POST", `${path}/example.co.uk/verify`)).status, 202);
    assert.equal((await render.call("GET", `${path}/${created.body[0].id}`)).body.verificationStatus, "verified");
    await render.call("POST", path, { name: "elsewhere.example.com" });
    await render.call("POST", `${path}/elsewhere.example.com/verify`);
    const unverified = await render.call("GET", `${path}?verificationStatus=unverified&name=elsewhere.example.com`);
    assert.equal(unverified.body.length, 1);
    assert.equal((await render.call("POST", path, { name: "example.co.uk" })).status, 409);
    assert.equal((await render.call("POST", path, { name: "nonsense" })).status, 400);
    assert.equal((await render.call("DELETE", `${path}/example.co.uk`)).status, 204);
    assert.equal((await render.call("GET", `${path}/www.example.co.uk`)).status, 404);
  });

  it("groups services in environments of a project, and deletes them with it", async () => {
    const project = await render.call("POST", "/projects", {
      name: "shop",
      ownerId: render.ownerId,
      environments: [{ name: "production", protectedStatus: "protected" }, { name: "staging" }],
    });
    assert.equal(project.status, 201);
    assert.equal(project.body.owner.id, render.ownerId);
    const [production, staging] = project.body.environmentIds;
    const { id } = await render.createService({ environmentId: staging });
    const moved = await render.call("POST", `/environments/${production}/resources`, { resourceIds: [id] });
    assert.deepEqual([moved.status, moved.body.serviceIds, moved.body.protectedStatus], [201, [id], "protected"]);
    assert.equal((await render.call("GET", `/environments/${staging}`)).body.serviceIds, null);
    assert.equal((await render.call("GET", `/services/${id}`)).body.environmentId, production);
    const removed = await render.call("DELETE", `/environments/${production}/resources?resourceIds=${id}`);
    assert.equal(removed.status, 204);
    const again = await render.call("DELETE", `/environments/${production}/resources?resourceIds=${id},srv-other`);
    assert.equal(again.status, 204, "what is not in the environment is removed as well");
    assert.equal((await render.call("GET", `/services/${id}`)).body.environmentId, undefined);
    const unknown = await render.call("POST", `/environments/${production}/resources`, { resourceIds: ["srv-x"] });
    assert.equal(unknown.status, 400);

    await render.call("POST", `/environments/${production}/resources`, { resourceIds: [id] });
    const changed = await render.call("PATCH", `/environments/${production}`, { networkIsolationEnabled: true });
    assert.deepEqual([changed.body.name, changed.body.networkIsolationEnabled], ["production", true]);
    assert.equal((await render.call("GET", `/environments?projectId=${project.body.id}`)).body.length, 2);
    assert.equal((await render.call("DELETE", `/projects/${project.body.id}`)).status, 204);
    assert.equal((await render.call("GET", `/services/${id}`)).status, 404);
    assert.deepEqual(
      Object.entries(render.state()).filter(([, count]) => count !== 0),
      [],
    );
  });

  it("answers null for each list of an environment that is empty, and leaves out an isolation that nobody has set", async () => {
    const { body: project } = await render.call("POST", "/projects", {
      name: "shop",
      ownerId: render.ownerId,
      environments: [{ name: "production" }],
    });
    const path = `/environments/${project.environmentIds[0]}`;
    const { body } = await render.call("GET", path);
    const { databasesIds, redisIds, serviceIds, envGroupIds } = body;
    assert.deepEqual([databasesIds, redisIds, serviceIds, envGroupIds], [null, null, null, null]);
    assert.ok(!Object.hasOwn(body, "networkIsolationEnabled"));
    const isolated = await render.call("PATCH", path, { networkIsolationEnabled: false });
    assert.equal(isolated.body.networkIsolationEnabled, false);
  });

  it("shares the variables of a group with the services that are linked to it", async () => {
    const { id, deployId } = await render.createService();
    await render.ended(id, deployId);
    const group = await render.call("POST", "/env-groups", {
      name: "shared",
      ownerId: render.ownerId,
      envVars: [
        { key: "SHARED", value: "1" },
        { key: "DEBUG", value: "true" },
      ],
      serviceIds: [id],
    });
    assert.equal(group.status, 201);
    assert.deepEqual(group.body.serviceLinks, [{ id, name: "site", type: "web" }]);
    const path = `/env-groups/${group.body.id}`;
    const put = await render.call("PUT", `${path}/env-vars/MORE`, { value: "2" });
    assert.deepEqual(put.body.envVars.at(-1), { key: "MORE", value: "2" });
    assert.equal((await render.call("DELETE", `${path}/env-vars/MORE`)).status, 204);
    const { body } = await render.call("POST", `/services/${id}/deploys`, {});
    await render.ended(id, body.id);
    const { SHARED, DEBUG, MORE } = render.runner.started.at(-1)?.env ?? {};
    assert.deepEqual([SHARED, DEBUG, MORE], ["1", "false", undefined]);
    assert.equal((await render.call("DELETE", `${path}/services/${id}`)).status, 204);
    assert.deepEqual((await render.call("GET", path)).body.serviceLinks, []);
    assert.equal((await render.call("DELETE", path)).status, 204);
  });

  it("has notification overrides, and no log stream overrides", async () => {
    const { id } = await render.createService();
    const path = `/notification-settings/overrides/services/${id}`;
    const defaults = { serviceId: id, previewNotificationsEnabled: "default", notificationsToSend: "default" };
    assert.deepEqual((await render.call("PATCH", path, {})).body, defaults);
    await render.call("PATCH", path, { notificationsToSend: "failure" });
    assert.deepEqual((await render.call("GET", path)).body, { ...defaults, notificationsToSend: "failure" });
    const stream = await render.call("GET", `/logs/streams/resource/${id}`);
    assert.deepEqual([stream.status, stream.body], [404, { message: `not found: ${id}` }]);
  });

  it("gives logs by time and in both directions, page by page", async () => {
    const { id, deployId } = await render.createService();
    await render.ended(id, deployId);
    const query = `/logs?ownerId=${render.ownerId}&resource=${id}`;
    const backward = (await render.call("GET", `${query}&limit=100`)).body.logs;
    const forward = (await render.call("GET", `${query}&limit=100&direction=forward`)).body.logs;
    const messages = (logs: { message: string }[]) => logs.map(({ message }) => message);
    assert.deepEqual(messages(forward), messages(backward).reverse());
    assert.ok(messages(forward).includes("starting localhost:5000/acme/site:1"));
    assert.ok(messages(forward).includes("==> Your service is live"));
    const first = (await render.call("GET", `${query}&limit=1&direction=forward`)).body;
    assert.equal(first.hasMore, true);
    const own = await render.call("GET", `${query}&type=app&text=GET`);
    assert.deepEqual(messages(own.body.logs), ["GET /healthz"]);
    const later = await render.call("GET", `${query}&startTime=2999-01-01T00:00:00Z`);
    assert.deepEqual(later.body.logs, []);
    assert.equal((await render.call("GET", `/logs?ownerId=${render.ownerId}`)).status, 400);
  });
});
