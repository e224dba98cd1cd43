import assert from "node:assert/strict";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

describe("emulated Sentry: client keys and alert rules", () => {
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

  const mail = {
    id: "sentry.mail.actions.NotifyEmailAction",
    targetType: "Team",
    targetIdentifier: "4500001",
  };
  const rule = {
    name: "New errors",
    conditions: [{ id: "sentry.rules.conditions.first_seen_event.FirstSeenEventCondition" }],
    filters: [],
    actions: [mail],
    actionMatch: "any",
    filterMatch: "all",
    frequency: 30,
  };

  it("keeps alert rules with as many nodes as were sent", async () => {
    const created = await web("POST", "rules/", rule);
    assert.equal(created.status, 200);
    assert.deepEqual(created.body.actions, [mail]);
    assert.equal(created.body.conditions[0].name, "A new issue is created");
    const changed = await web("PUT", `rules/${created.body.id}/`, { ...rule, frequency: 60 });
    assert.deepEqual([changed.body.id, changed.body.frequency], [created.body.id, 60]);
    assert.equal((await web("DELETE", `rules/${created.body.id}/`)).status, 202);
    assert.equal((await web("GET", `rules/${created.body.id}/`)).status, 404);
  });

  it("refuses rules without an action, or equal to another", async () => {
    const empty = await web("POST", "rules/", { ...rule, actions: [] });
    assert.deepEqual(empty.body, { actions: ["You must add an action for this alert to fire."] });
    const { id } = (await web("POST", "rules/", rule)).body;
    const twin = await web("POST", "rules/", { ...rule, name: "Another" });
    assert.equal(twin.status, 400);
    assert.match(twin.body.name[0], /exact duplicate of 'New errors'/);
    assert.deepEqual(twin.body.ruleId, [Number(id)]);
  });
});
