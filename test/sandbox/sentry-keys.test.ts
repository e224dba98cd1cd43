import assert from "node:assert/strict";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

describe("emulated Sentry: client keys", () => {
  let services: ServicesUnderTest;
  let projectId: string;
  beforeEach(async () => {
    services = await startForTest();
    await services.sentry("POST", "/api/0/organizations/acme/teams/", { slug: "site" });
    const created = await services.sentry("POST", "/api/0/teams/acme/site/projects/", {
      name: "web",
      default_rules: false,
    });
    projectId = created.body.id;
  });
  afterEach(() => services.close());

  const web = (method: string, path: string, body?: object) =>
    services.sentry(method, `/api/0/projects/acme/web/${path}`, body);

  it("puts the key, the host and the project's number into the DSNs", async () => {
    const { status, body } = await web("POST", "keys/", { name: "production" });
    assert.equal(status, 201);
    const { host } = new URL(services.running.services.sentry.baseUrl);
    assert.equal(body.dsn.public, `http://${body.public}@${host}/${projectId}`);
    assert.equal(body.dsn.secret, `http://${body.public}:${body.secret}@${host}/${projectId}`);
    assert.equal(body.dsn.csp, `http://${host}/api/${projectId}/csp-report/?sentry_key=${body.public}`);
    assert.deepEqual(
      [body.id, body.label, body.projectId, body.isActive],
      [body.public, "production", Number(projectId), true],
    );
    assert.match(body.public, /^[0-9a-f]{32}$/);
  });

  it("changes and deletes keys", async () => {
    const { id } = (await web("POST", "keys/", { name: "production", rateLimit: { count: 10, window: 60 } })).body;
    assert.deepEqual((await web("GET", `keys/${id}/`)).body.rateLimit, { count: 10, window: 60 });
    const renamed = (await web("PUT", `keys/${id}/`, { name: "prod" })).body;
    assert.deepEqual([renamed.name, renamed.rateLimit], ["prod", { count: 10, window: 60 }]);
    assert.equal((await web("PUT", `keys/${id}/`, { rateLimit: null, isActive: false })).body.rateLimit, null);
    assert.equal((await web("GET", "keys/?status=active")).body.length, 1);
    assert.equal((await web("DELETE", `keys/${id}/`)).status, 204);
    assert.equal((await web("GET", `keys/${id}/`)).status, 404);
  });

  it("names a key that has no name, and refuses a bad limit by field", async () => {
    assert.ok((await web("POST", "keys/", {})).body.name);
    assert.deepEqual((await web("POST", "keys/", { rateLimit: { count: -1, window: "x" } })).body, {
      rateLimit: {
        count: ["Ensure this value is greater than or equal to 0."],
        window: ["A valid integer is required."],
      },
    });
  });
});
