import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { type GithubWorld, openGithubWorld, REPOSITORY, repositoryInputs } from "./offline-github-world.ts";

const ALERTS = "github:index/repositoryVulnerabilityAlerts:RepositoryVulnerabilityAlerts";

describe("offline edition of the github plugin: vulnerability alerts", () => {
  let world: GithubWorld;

  beforeEach(async () => {
    world = await openGithubWorld();
    await world.plugin.create(REPOSITORY, { ...repositoryInputs, vulnerabilityAlerts: false });
    await world.githubCalls();
  });

  afterEach(() => world.close());

  it("asks for them what the vendor's plugin asks, in its order", async () => {
    const { plugin } = world;
    const created = await plugin.create(ALERTS, { repository: "site" });
    assert.deepEqual(await world.githubCalls(), ["PUT R/vulnerability-alerts", "GET R"]);
    assert.equal(created.id, String(created.outputs["repositoryId"]));
    assert.equal(created.outputs["enabled"], true);
    assert.deepEqual(await plugin.read(ALERTS, created), created);
    assert.deepEqual(await world.githubCalls(), ["GET R/vulnerability-alerts"]);
    const off = await plugin.update(ALERTS, created, { repository: "site", enabled: false });
    assert.deepEqual(await world.githubCalls(), ["DELETE R/vulnerability-alerts"]);
    assert.equal((await plugin.read(ALERTS, off))?.outputs["enabled"], false);
    await plugin.delete(ALERTS, created);
    assert.deepEqual((await world.githubCalls()).at(-1), "DELETE R/vulnerability-alerts");
  });

  it("imports them by owner and name, which is not what the vendor's page says", async () => {
    const created = await world.plugin.create(ALERTS, { repository: "site" });
    const imported = await world.plugin.read(ALERTS, "acme:site");
    assert.deepEqual(imported, created);
    await assert.rejects(world.plugin.read(ALERTS, "site"), /<repository_owner>:<repository_name>/);
  });

  it("replaces them when the repository is renamed", async () => {
    const created = await world.plugin.create(ALERTS, { repository: "site" });
    assert.deepEqual(await world.changed(ALERTS, created, { repository: "website" }), { repository: "update-replace" });
  });
});
