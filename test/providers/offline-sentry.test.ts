import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { Secret } from "../../providers/kit/values.ts";
import { type PluginError, type State, UNKNOWN } from "./harness.ts";
import { type OfflineWorld, openOfflineWorld } from "./offline-world.ts";

const TEAM = "sentry:index/sentryTeam:SentryTeam";
const PROJECT = "sentry:index/sentryProject:SentryProject";
const KEY = "sentry:index/sentryKey:SentryKey";
const ALERT = "sentry:index/sentryIssueAlert:SentryIssueAlert";

/** What the vendor's plugin, version 0.0.9, was seen to ask. P is the project. */
const golden = {
  team: {
    create: ["POST /organizations/acme/teams/", "GET /teams/acme/web/"],
    read: ["GET /teams/acme/web/"],
    update: ["PUT /teams/acme/web/", "GET /teams/acme/web/"],
    delete: ["DELETE /teams/acme/web/"],
  },
  project: {
    create: ["POST /teams/acme/web/projects/", "PUT P", "POST Pteams/web/", "GET P"],
    createWithTwoTeams: ["POST /teams/acme/ops/projects/", "PUT P", "POST Pteams/ops/", "POST Pteams/web/", "GET P"],
    read: ["GET P"],
    update: ["PUT P", "GET P"],
    moveToTeam: ["PUT P", "POST Pteams/ops/", "DELETE Pteams/web/", "GET P"],
    delete: ["DELETE P"],
  },
  key: {
    create: ["GET P", "POST Pkeys/", "GET Pkeys/"],
    read: ["GET Pkeys/"],
    update: ["PUT Pkeys/ID/", "GET Pkeys/"],
    delete: ["DELETE Pkeys/ID/"],
  },
};

const teamInputs = { organization: "acme", name: "web", slug: "web" };
const projectInputs = { organization: "acme", teams: ["web"], name: "site", slug: "site", platform: "other" };
const keyInputs = { organization: "acme", project: "site", name: "production" };

describe("offline edition of the sentry plugin", () => {
  let world: OfflineWorld;

  beforeEach(async () => {
    world = await openOfflineWorld("sentry");
  });

  afterEach(() => world.close());

  const calls = async (): Promise<readonly string[]> =>
    (await world.calls()).map((call) =>
      call.replace("/projects/acme/site/", "P").replace(/keys\/[0-9a-f]+\//, "keys/ID/"),
    );

  const changed = async (token: string, state: State, inputs: object): Promise<Readonly<Record<string, string>>> => {
    const checked = await world.plugin.checked(token, { ...inputs });
    return (await world.plugin.diff(token, state, checked)).detailed;
  };

  const withProject = async (): Promise<State> => {
    await world.plugin.create(TEAM, teamInputs);
    const project = await world.plugin.create(PROJECT, projectInputs);
    await world.calls();
    return project;
  };

  it("asks nothing in Configure", async () => {
    assert.deepEqual(await calls(), []);
  });

  it("asks for a team what the vendor's plugin asks, in its order", async () => {
    const { plugin } = world;
    const created = await plugin.create(TEAM, teamInputs);
    assert.deepEqual(await calls(), golden.team.create);
    assert.equal(created.id, "web");
    assert.match(String(created.outputs["internalId"]), /^\d+$/);
    assert.deepEqual(await plugin.read(TEAM, created), created);
    assert.deepEqual(await calls(), golden.team.read);
    const news = { ...teamInputs, name: "Web team" };
    assert.deepEqual(await changed(TEAM, created, news), { name: "update" });
    const updated = await plugin.update(TEAM, created, news);
    assert.deepEqual(await calls(), golden.team.update);
    assert.equal(updated.outputs["name"], "Web team");
    const imported = await plugin.read(TEAM, "acme/web");
    assert.ok(imported);
    assert.deepEqual(await changed(TEAM, imported, news), {});
    await world.calls();
    await plugin.delete(TEAM, updated);
    assert.deepEqual(await calls(), golden.team.delete);
    assert.equal(await plugin.read(TEAM, updated), undefined);
  });

  it("asks for a project what the vendor's plugin asks, in its order", async () => {
    const { plugin } = world;
    await plugin.create(TEAM, teamInputs);
    await calls();
    const created = await plugin.create(PROJECT, projectInputs);
    assert.deepEqual(await calls(), golden.project.create);
    assert.equal(created.id, "site");
    assert.equal(created.outputs["slug"], "site");
    assert.equal(created.outputs["platform"], "other");
    assert.match(String(created.outputs["internalId"]), /^\d+$/);
    assert.deepEqual(await changed(PROJECT, created, projectInputs), {});
    assert.deepEqual(await plugin.read(PROJECT, created), created);
    assert.deepEqual(await calls(), golden.project.read);
    const news = { ...projectInputs, name: "The site" };
    assert.deepEqual(await changed(PROJECT, created, news), { name: "update" });
    const updated = await plugin.update(PROJECT, created, news);
    assert.deepEqual(await calls(), golden.project.update);
    const imported = await plugin.read(PROJECT, "acme/site");
    assert.ok(imported);
    assert.deepEqual(await changed(PROJECT, imported, news), {});
    await world.calls();
    await plugin.delete(PROJECT, updated);
    assert.deepEqual(await calls(), golden.project.delete);
    assert.equal(await plugin.read(PROJECT, updated), undefined);
  });

  it("adds each team of a project, and moves it from one to another", async () => {
    const { plugin } = world;
    await plugin.create(TEAM, teamInputs);
    await plugin.create(TEAM, { organization: "acme", name: "ops", slug: "ops" });
    await calls();
    const both = await plugin.create(PROJECT, { ...projectInputs, teams: ["web", "ops"] });
    assert.deepEqual(await calls(), golden.project.createWithTwoTeams);
    assert.deepEqual(await changed(PROJECT, both, { ...projectInputs, teams: ["ops", "web"] }), {});
    await plugin.delete(PROJECT, both);
    const one = await plugin.create(PROJECT, projectInputs);
    await calls();
    const moved = await plugin.update(PROJECT, one, { ...projectInputs, teams: ["ops"] });
    assert.deepEqual(await calls(), golden.project.moveToTeam);
    assert.deepEqual(moved.outputs["teams"], ["ops"]);
  });

  it("accepts no platform but `other`, which needs no look-up on the web", async () => {
    const { failures } = await world.plugin.check(PROJECT, { ...projectInputs, platform: "python-django" });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["platform"],
    );
    assert.match(failures[0]?.reason ?? "", /could not validate the platform at this time/);
    const { platform: _platform, ...without } = projectInputs;
    assert.deepEqual((await world.plugin.check(PROJECT, without)).failures, []);
  });

  it("asks for a key what the vendor's plugin asks, in its order", async () => {
    const { plugin } = world;
    await withProject();
    const created = await plugin.create(KEY, keyInputs);
    assert.deepEqual(await calls(), golden.key.create);
    assert.match(String(created.outputs["dsnPublic"]), /^http:\/\/[0-9a-f]+@127\.0\.0\.1:\d+\/\d+$/);
    assert.equal(typeof created.outputs["projectId"], "number");
    assert.ok(created.outputs["secret"] instanceof Secret);
    assert.ok(created.outputs["dsnSecret"] instanceof Secret);
    assert.deepEqual(await changed(KEY, created, keyInputs), {});
    assert.deepEqual(await plugin.read(KEY, created), created);
    assert.deepEqual(await calls(), golden.key.read);
    const news = { ...keyInputs, name: "live" };
    assert.deepEqual(await changed(KEY, created, news), { name: "update" });
    const updated = await plugin.update(KEY, created, news);
    assert.deepEqual(await calls(), golden.key.update);
    assert.equal(updated.outputs["dsnPublic"], created.outputs["dsnPublic"]);
    const imported = await plugin.read(KEY, `acme/site/${created.id}`);
    assert.ok(imported);
    assert.equal(imported.id, created.id);
    assert.deepEqual(await changed(KEY, imported, news), {});
    await world.calls();
    await plugin.delete(KEY, updated);
    assert.deepEqual(await calls(), golden.key.delete);
    assert.equal(await plugin.read(KEY, updated), undefined);
  });

  it("takes the project of a key as a change while it is unknown", async () => {
    await withProject();
    const created = await world.plugin.create(KEY, keyInputs);
    assert.deepEqual(await changed(KEY, created, { ...keyInputs, project: UNKNOWN }), { project: "update" });
  });

  it("refuses a key of a project that is not there", async () => {
    await assert.rejects(world.plugin.create(KEY, keyInputs), /project not found "site"/);
  });

  it("fails on an alert of an old state as the vendor's plugin does since Sentry has removed the routes", async () => {
    const { plugin } = world;
    await withProject();
    const alert = { organization: "acme", project: "site", name: "New issues" };
    const state = { id: "acme/site/1", inputs: alert, outputs: alert };
    for (const [method, attempt] of [
      ["POST", () => plugin.create(ALERT, alert)],
      ["GET", () => plugin.read(ALERT, state)],
      ["PUT", () => plugin.update(ALERT, state, { ...alert, name: "Issues" })],
      ["DELETE", () => plugin.delete(ALERT, state)],
    ] as const) {
      const message = new RegExp(`${method} http:.*/projects/acme/site/rules/.*: 410 .*This API no longer exists`);
      await assert.rejects(attempt, { message });
    }
  });

  it("tells a key without a limit from one of 0", async () => {
    await withProject();
    const unlimited = await world.plugin.create(KEY, keyInputs);
    for (const name of ["rateLimitCount", "rateLimitWindow"]) assert.equal(unlimited.outputs[name] ?? null, null);
    assert.deepEqual(await world.plugin.read(KEY, unlimited), unlimited);
    const limit = { rateLimitCount: 9, rateLimitWindow: 60 };
    const limited = await world.plugin.update(KEY, unlimited, { ...keyInputs, ...limit });
    assert.deepEqual([limited.outputs["rateLimitCount"], limited.outputs["rateLimitWindow"]], [9, 60]);
  });

  it("follows a team to its new slug", async () => {
    const { plugin } = world;
    const created = await plugin.create(TEAM, teamInputs);
    const renamed = await plugin.update(TEAM, created, { ...teamInputs, slug: "team-web" });
    assert.equal(renamed.outputs["slug"], "team-web");
    const state = { ...renamed, id: created.id };
    assert.equal((await plugin.read(TEAM, state))?.outputs["slug"], "team-web");
    await calls();
    await plugin.update(TEAM, state, { ...teamInputs, slug: "team-web", name: "Web" });
    await plugin.delete(TEAM, state);
    assert.deepEqual(await calls(), [
      "PUT /teams/acme/team-web/",
      "GET /teams/acme/team-web/",
      "DELETE /teams/acme/team-web/",
    ]);
  });

  it("is stuck when team and project get other slugs at once, until it has read them", async () => {
    const { plugin } = world;
    const team = await plugin.create(TEAM, teamInputs);
    const project = await plugin.create(PROJECT, projectInputs);
    await plugin.update(TEAM, team, { ...teamInputs, slug: "team-web" });
    const wanted = { ...projectInputs, slug: "web-site", teams: ["team-web"] };
    for (const attempt of ["first", "second"])
      await assert.rejects(
        plugin.update(PROJECT, project, wanted),
        /POST http:.*\/projects\/acme\/site\/teams\/team-web\/: 404/,
        attempt,
      );
    const read = await plugin.read(PROJECT, project);
    assert.ok(read);
    assert.deepEqual([read.id, read.outputs["slug"], read.outputs["teams"]], ["web-site", "web-site", ["team-web"]]);
    assert.deepEqual(await changed(PROJECT, read, wanted), {});
  });

  it("keeps a project that was made before a later call failed", async () => {
    await world.plugin.create(TEAM, teamInputs);
    await world.fault({ service: "sentry", method: "PUT", action: { status: 400, body: { detail: "no" } } });
    const failure = await world.plugin.create(PROJECT, projectInputs).then(
      () => assert.fail("the create went through"),
      (error: PluginError) => error,
    );
    assert.match(failure.message, /PUT http:.*\/api\/0\/projects\/acme\/site\/: 400 no/);
    assert.equal(failure.partial?.id, "site");
  });

  it("repeats a request that a rate limit answered", async () => {
    const created = await world.plugin.create(TEAM, teamInputs);
    await calls();
    await world.fault({ service: "sentry", action: { rateLimit: { retryAfterSeconds: 0 } }, times: 2 });
    assert.equal((await world.plugin.read(TEAM, created))?.id, "web");
    assert.equal((await calls()).length, 3);
  });
});
