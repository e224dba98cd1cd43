/** A repository that is renamed takes its CircleCI project along. */
import assert from "node:assert/strict";
import { type CircleciWorld, PROJECT, startCircleciWorld } from "./circleci-world.ts";
import type { State } from "./harness.ts";

describe("circleci: a project whose repository is renamed", () => {
  let world: CircleciWorld;
  let made: State;
  before(async () => {
    world = await startCircleciWorld({ linked: true });
  });
  after(() => world.stop());
  beforeEach(async () => {
    await world.reset();
    await world.github("POST", "/orgs/acme/repos", { name: "site" });
    made = await world.plugin.create(PROJECT, { slug: "gh/acme/site" });
    await world.writes();
  });

  const renamed = { slug: "gh/acme/website" };

  it("is updated in place, and has what it had", async () => {
    await world.github("PATCH", "/repos/acme/site", { name: "website" });
    assert.deepEqual(await world.changes(PROJECT, made, renamed), { slug: "update" });
    const updated = await world.plugin.update(PROJECT, made, renamed);
    assert.equal(updated.outputs["projectId"], made.outputs["projectId"]);
    assert.deepEqual([updated.outputs["slug"], updated.outputs["name"]], ["gh/acme/website", "website"]);
    assert.deepEqual(await world.writes(), ["PATCH /v2/project/gh/acme/website/settings"]);

    // The engine keeps the id; a refresh corrects it.
    assert.equal(updated.id, "gh/acme/site");
    const found = await world.refreshed(PROJECT, updated);
    assert.equal(found.id, "gh/acme/website");
    assert.deepEqual(await world.changes(PROJECT, found, renamed), {});
    await world.plugin.delete(PROJECT, updated);
    assert.equal((await world.state())["projects"], 0);
  });

  it("promises the project's id beforehand, and not its old name", async () => {
    const outputs = await world.plugin.previewUpdate(PROJECT, made, renamed);
    assert.equal(outputs["slug"], "gh/acme/website");
    assert.equal(outputs["projectId"], made.outputs["projectId"]);
    assert.notEqual(outputs["name"], "site");
  });

  it("is waited for: CircleCI hears of the new name a little later", async () => {
    await world.github("PATCH", "/repos/acme/site", { name: "website" });
    const missing = { status: 404, body: { message: "Project not found" } };
    await world.fault({ method: "GET", path: "/api/v2/project/gh/acme/website", action: missing });
    const updated = await world.plugin.update(PROJECT, made, renamed);
    assert.equal(updated.outputs["slug"], "gh/acme/website");
  });

  it("is kept when CircleCI does not follow in time, with what to do", async () => {
    await assert.rejects(
      world.plugin.update(PROJECT, made, renamed, { timeoutSeconds: 1 }),
      /not finished within 1 s; run the same command again/,
    );
    assert.equal((await world.refreshed(PROJECT, made)).id, "gh/acme/site");
    assert.deepEqual(await world.writes(), []);
  });

  it("is never mixed up with another project of that name", async () => {
    await world.github("POST", "/orgs/acme/repos", { name: "website" });
    await world.plugin.create(PROJECT, renamed);
    await world.writes();
    await assert.rejects(
      world.plugin.update(PROJECT, made, renamed),
      /gh\/acme\/website is another project at CircleCI than gh\/acme\/site: give the repository a name/,
    );
    assert.deepEqual(await world.writes(), []);
  });

  it("is another one in another organization, and in one of the GitHub App", async () => {
    assert.deepEqual(await world.changes(PROJECT, made, { slug: "gh/other/site" }), { slug: "update-replace" });
    assert.deepEqual(await world.changes(PROJECT, made, { slug: "circleci/a/b" }), { slug: "update-replace" });
  });
});
