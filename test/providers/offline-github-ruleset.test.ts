import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { type GithubWorld, openGithubWorld, REPOSITORY, repositoryInputs } from "./offline-github-world.ts";

const RULESET = "github:index/repositoryRuleset:RepositoryRuleset";

/** What the vendor's plugin, version 6.15.0, was seen to ask. R is the repository. */
const golden = {
  create: ["GET R", "POST R/rulesets"],
  read: ["GET R/rulesets/ID?includes_parents=false"],
  update: ["GET R", "PUT R/rulesets/ID"],
  delete: ["DELETE R/rulesets/ID"],
};

const rulesetInputs = {
  name: "default branch",
  repository: "site",
  target: "branch",
  enforcement: "active",
  bypassActors: [
    { actorId: 5, actorType: "RepositoryRole", bypassMode: "always" },
    { actorType: "DeployKey", bypassMode: "always" },
  ],
  conditions: { refName: { includes: ["~DEFAULT_BRANCH"], excludes: [] } },
  rules: {
    deletion: true,
    nonFastForward: true,
    pullRequest: { requiredApprovingReviewCount: 1 },
    requiredStatusChecks: { requiredChecks: [{ context: "ci/test" }, { context: "ci/lint" }] },
  },
};

describe("offline edition of the github plugin: rulesets", () => {
  let world: GithubWorld;

  beforeEach(async () => {
    world = await openGithubWorld();
  });

  afterEach(() => world.close());

  it("asks for a ruleset what the vendor's plugin asks, in its order", async () => {
    const { plugin } = world;
    await plugin.create(REPOSITORY, repositoryInputs);
    await world.githubCalls();
    const created = await plugin.create(RULESET, rulesetInputs);
    assert.deepEqual(await world.githubCalls(), golden.create);
    assert.equal(created.id, String(created.outputs["rulesetId"]));
    const read = await plugin.read(RULESET, created);
    assert.deepEqual(await world.githubCalls(), golden.read);
    assert.ok(read);
    assert.deepEqual(await world.changed(RULESET, read, rulesetInputs), {});
    const news = { ...rulesetInputs, enforcement: "evaluate" };
    assert.deepEqual(await world.changed(RULESET, read, news), { enforcement: "update" });
    const updated = await plugin.update(RULESET, read, news);
    assert.deepEqual(await world.githubCalls(), golden.update);
    await plugin.delete(RULESET, updated);
    assert.deepEqual(await world.githubCalls(), golden.delete);
    assert.equal(await plugin.read(RULESET, updated), undefined);
  });

  it("takes checks and bypass actors in another order for the same ruleset", async () => {
    await world.plugin.create(REPOSITORY, repositoryInputs);
    const created = await world.plugin.create(RULESET, rulesetInputs);
    const reordered = {
      ...rulesetInputs,
      bypassActors: [...rulesetInputs.bypassActors].reverse(),
      rules: {
        ...rulesetInputs.rules,
        requiredStatusChecks: { requiredChecks: [{ context: "ci/lint" }, { context: "ci/test" }] },
      },
    };
    assert.deepEqual(await world.changed(RULESET, created, reordered), {});
    const other = { ...rulesetInputs, rules: { ...rulesetInputs.rules, deletion: false } };
    assert.deepEqual(await world.changed(RULESET, created, other), { "rules.deletion": "update" });
  });

  it("changes a ruleset in place in a repository that was renamed", async () => {
    const repository = await world.plugin.create(REPOSITORY, repositoryInputs);
    const created = await world.plugin.create(RULESET, rulesetInputs);
    const renamed = { ...rulesetInputs, repository: "website" };
    assert.deepEqual(await world.changed(RULESET, created, renamed), { repository: "update" });
    await world.plugin.update(REPOSITORY, repository, { ...repositoryInputs, name: "website" });
    const updated = await world.plugin.update(RULESET, created, renamed);
    assert.equal(updated.outputs["repository"], "website");
    assert.equal(updated.outputs["rulesetId"], created.outputs["rulesetId"]);
  });

  it("puts no default that is a zero value into the inputs", async () => {
    const { rules } = (await world.plugin.checked(RULESET, rulesetInputs)) as unknown as typeof rulesetInputs;
    assert.deepEqual(rules, rulesetInputs.rules);
  });

  it("imports a ruleset by repository and number", async () => {
    await world.plugin.create(REPOSITORY, repositoryInputs);
    const created = await world.plugin.create(RULESET, rulesetInputs);
    const imported = await world.plugin.read(RULESET, `site:${created.id}`);
    assert.ok(imported);
    assert.equal(imported.id, created.id);
    assert.deepEqual(await world.changed(RULESET, imported, rulesetInputs), {});
    await assert.rejects(world.plugin.read(RULESET, "site"), /expected repository:ruleset/);
  });
});
