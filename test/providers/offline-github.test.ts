import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { PluginError, State } from "./harness.ts";
import { type OfflineWorld, openOfflineWorld } from "./offline-world.ts";

const REPOSITORY = "github:index/repository:Repository";
const RULESET = "github:index/repositoryRuleset:RepositoryRuleset";
const FILE = "github:index/repositoryFile:RepositoryFile";

/** What the vendor's plugin, version 6.15.0, was seen to ask. R is the repository. */
const golden = {
  configure: ["GET /orgs/acme"],
  repository: {
    create: [
      "POST /orgs/acme/repos",
      "PUT R/topics",
      "PATCH R",
      "PUT R/vulnerability-alerts",
      "PATCH R",
      "GET R",
      "GET R/vulnerability-alerts",
    ],
    read: ["GET R"],
    update: ["PATCH R", "PUT R/topics", "GET R", "GET R/vulnerability-alerts"],
    delete: ["DELETE R"],
  },
  ruleset: {
    create: ["GET R", "POST R/rulesets"],
    read: ["GET R/rulesets/ID?includes_parents=false"],
    update: ["GET R", "PUT R/rulesets/ID"],
    delete: ["DELETE R/rulesets/ID"],
  },
  file: {
    create: [
      "GET R",
      "GET R/branches/main",
      "GET R/contents/.circleci/config.yml?ref=main",
      "PUT R/contents/.circleci/config.yml",
      "GET R/contents/.circleci/config.yml?ref=main",
      "GET R/commits/SHA",
    ],
    read: ["GET R/contents/.circleci/config.yml?ref=main", "GET R/commits/SHA"],
    update: [
      "PUT R/contents/.circleci/config.yml",
      "GET R/contents/.circleci/config.yml?ref=main",
      "GET R/commits/SHA",
    ],
    delete: ["DELETE R/contents/.circleci/config.yml"],
  },
};

const repositoryInputs = {
  name: "site",
  description: "A Django site",
  visibility: "private",
  topics: ["django", "render"],
  vulnerabilityAlerts: true,
  autoInit: true,
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

const fileInputs = { repository: "site", file: ".circleci/config.yml", content: "version: 2.1\n", branch: "main" };

describe("offline edition of the github plugin", () => {
  let world: OfflineWorld;

  beforeEach(async () => {
    world = await openOfflineWorld("github", { writeDelayMs: "1" });
  });

  afterEach(() => world.close());

  const calls = async (): Promise<readonly string[]> =>
    (await world.calls()).map((call) =>
      call
        .replace("/repos/acme/site", "R")
        .replace(/rulesets\/\d+/, "rulesets/ID")
        .replace(/commits\/[0-9a-f]{40}/, "commits/SHA"),
    );

  const changed = async (token: string, state: State, inputs: object): Promise<Readonly<Record<string, string>>> => {
    const checked = await world.plugin.checked(token, { ...inputs });
    return (await world.plugin.diff(token, state, checked)).detailed;
  };

  /** Changes something as a person would on the site. */
  const byHand = async (method: string, path: string, body: object): Promise<void> => {
    const response = await fetch(`${world.baseUrl("github")}/api/v3${path}`, {
      method,
      headers: { authorization: `Bearer ${world.env["GITHUB_TOKEN"]}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, await response.text());
    await world.calls();
  };

  it("asks for a repository what the vendor's plugin asks, in its order", async () => {
    const { plugin } = world;
    assert.deepEqual(await calls(), golden.configure);
    const created = await plugin.create(REPOSITORY, repositoryInputs);
    assert.deepEqual(await calls(), golden.repository.create);
    assert.deepEqual(await changed(REPOSITORY, created, repositoryInputs), {});
    assert.deepEqual(await calls(), []);
    assert.deepEqual(await plugin.read(REPOSITORY, created), created);
    assert.deepEqual(await calls(), golden.repository.read);
    const news = { ...repositoryInputs, description: "The site", topics: ["django"] };
    assert.deepEqual(await changed(REPOSITORY, created, news), { description: "update", topics: "update" });
    const updated = await plugin.update(REPOSITORY, created, news);
    assert.deepEqual(await calls(), golden.repository.update);
    assert.equal(updated.outputs["description"], "The site");
    await plugin.delete(REPOSITORY, updated);
    assert.deepEqual(await calls(), golden.repository.delete);
    assert.equal(await plugin.read(REPOSITORY, updated), undefined);
  });

  it("gives the outputs that a program reads", async () => {
    const { outputs, id } = await world.plugin.create(REPOSITORY, repositoryInputs);
    assert.equal(id, "site");
    assert.equal(outputs["fullName"], "acme/site");
    assert.equal(outputs["defaultBranch"], "main");
    assert.equal(outputs["private"], true);
    assert.equal(outputs["vulnerabilityAlerts"], true);
    assert.equal(typeof outputs["repoId"], "number");
    for (const name of ["htmlUrl", "nodeId", "sshCloneUrl", "httpCloneUrl", "etag"]) {
      assert.match(String(outputs[name]), /./, name);
    }
  });

  it("keeps visibility out of the first change of the settings", async () => {
    await world.plugin.create(REPOSITORY, repositoryInputs);
    const bodies = (await world.recorded())
      .filter(({ method }) => method === "PATCH")
      .map(({ requestBody }) => (requestBody as Record<string, unknown>)["visibility"]);
    assert.deepEqual(bodies, [undefined, "private"]);
  });

  it("shows what was changed by hand, and puts it back", async () => {
    const created = await world.plugin.create(REPOSITORY, repositoryInputs);
    await byHand("PATCH", "/repos/acme/site", { description: "by hand", has_wiki: true });
    const drifted = await world.plugin.read(REPOSITORY, created);
    assert.ok(drifted);
    assert.equal(drifted.inputs["description"], "by hand");
    assert.deepEqual(await changed(REPOSITORY, drifted, repositoryInputs), {
      description: "update",
      hasWiki: "delete",
    });
    const mended = await world.plugin.update(REPOSITORY, drifted, repositoryInputs);
    assert.equal(mended.outputs["description"], "A Django site");
    assert.equal(mended.outputs["hasWiki"], false);
  });

  it("imports a repository by its name", async () => {
    await world.plugin.create(REPOSITORY, repositoryInputs);
    const imported = await world.plugin.read(REPOSITORY, "site");
    assert.ok(imported);
    assert.equal(imported.inputs["visibility"], "private");
    assert.deepEqual(await changed(REPOSITORY, imported, { ...repositoryInputs, autoInit: false }), {});
    assert.equal(await world.plugin.read(REPOSITORY, "missing"), undefined);
  });

  it("archives instead of deleting when told so", async () => {
    const created = await world.plugin.create(REPOSITORY, { ...repositoryInputs, archiveOnDestroy: true });
    await calls();
    await world.plugin.delete(REPOSITORY, created);
    assert.deepEqual(await calls(), ["PATCH R"]);
    assert.equal((await world.plugin.read(REPOSITORY, created))?.outputs["archived"], true);
  });

  it("asks for a ruleset what the vendor's plugin asks, in its order", async () => {
    const { plugin } = world;
    await plugin.create(REPOSITORY, repositoryInputs);
    await calls();
    const created = await plugin.create(RULESET, rulesetInputs);
    assert.deepEqual(await calls(), golden.ruleset.create);
    assert.equal(created.id, String(created.outputs["rulesetId"]));
    const read = await plugin.read(RULESET, created);
    assert.deepEqual(await calls(), golden.ruleset.read);
    assert.ok(read);
    assert.deepEqual(await changed(RULESET, read, rulesetInputs), {});
    const news = { ...rulesetInputs, enforcement: "evaluate" };
    assert.deepEqual(await changed(RULESET, read, news), { enforcement: "update" });
    const updated = await plugin.update(RULESET, read, news);
    assert.deepEqual(await calls(), golden.ruleset.update);
    await plugin.delete(RULESET, updated);
    assert.deepEqual(await calls(), golden.ruleset.delete);
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
    assert.deepEqual(await changed(RULESET, created, reordered), {});
    const other = { ...rulesetInputs, rules: { ...rulesetInputs.rules, deletion: false } };
    assert.deepEqual(await changed(RULESET, created, other), { "rules.deletion": "update" });
  });

  it("imports a ruleset by repository and number", async () => {
    await world.plugin.create(REPOSITORY, repositoryInputs);
    const created = await world.plugin.create(RULESET, rulesetInputs);
    const imported = await world.plugin.read(RULESET, `site:${created.id}`);
    assert.ok(imported);
    assert.equal(imported.id, created.id);
    assert.deepEqual(await changed(RULESET, imported, rulesetInputs), {});
    await assert.rejects(world.plugin.read(RULESET, "site"), /expected repository:ruleset/);
  });

  it("asks for a file what the vendor's plugin asks, in its order", async () => {
    const { plugin } = world;
    const { outputs } = await plugin.create(REPOSITORY, repositoryInputs);
    await calls();
    const created = await plugin.create(FILE, fileInputs);
    assert.deepEqual(await calls(), golden.file.create);
    assert.equal(created.id, "site:.circleci/config.yml:main");
    assert.equal(created.outputs["commitMessage"], "Add .circleci/config.yml");
    assert.equal(created.outputs["repositoryId"], outputs["repoId"]);
    assert.deepEqual(await plugin.read(FILE, created), created);
    assert.deepEqual(await calls(), golden.file.read);
    const news = { ...fileInputs, content: "version: 2.1\njobs: {}\n" };
    assert.deepEqual(await changed(FILE, created, news), { content: "update" });
    const updated = await plugin.update(FILE, created, news);
    assert.deepEqual(await calls(), golden.file.update);
    assert.notEqual(updated.outputs["sha"], created.outputs["sha"]);
    assert.equal(updated.outputs["commitMessage"], "Update .circleci/config.yml");
    await plugin.delete(FILE, updated);
    assert.deepEqual(await calls(), golden.file.delete);
    assert.equal(await plugin.read(FILE, updated), undefined);
  });

  it("refuses to overwrite a file unless told to", async () => {
    await world.plugin.create(REPOSITORY, repositoryInputs);
    await world.plugin.create(FILE, fileInputs);
    const other = { ...fileInputs, content: "other\n" };
    await assert.rejects(world.plugin.create(FILE, other), /refusing to overwrite existing file/);
    const taken = await world.plugin.create(FILE, { ...other, overwriteOnCreate: true });
    assert.equal(taken.outputs["content"], "other\n");
  });

  it("imports a file from a branch, or from the default one", async () => {
    await world.plugin.create(REPOSITORY, repositoryInputs);
    const created = await world.plugin.create(FILE, fileInputs);
    const imported = await world.plugin.read(FILE, "site:.circleci/config.yml:");
    assert.ok(imported);
    assert.equal(imported.id, created.id);
    assert.equal(imported.outputs["commitSha"], created.outputs["commitSha"]);
    assert.deepEqual(await changed(FILE, imported, fileInputs), {});
    await assert.rejects(world.plugin.read(FILE, "site/config.yml"), /invalid ID specified/);
  });

  it("replaces a file that moves, in whatever way", async () => {
    await world.plugin.create(REPOSITORY, repositoryInputs);
    const created = await world.plugin.create(FILE, fileInputs);
    const moved = await world.plugin.checked(FILE, { ...fileInputs, file: "config.yml" });
    assert.deepEqual((await world.plugin.diff(FILE, created, moved)).replaces, ["file"]);
  });

  it("keeps a repository that was made before a later call failed", async () => {
    await world.fault({ service: "github", method: "PUT", path: "/**/topics", action: { status: 403, body: {} } });
    const failure = await world.plugin.create(REPOSITORY, repositoryInputs).then(
      () => assert.fail("the create went through"),
      (error: PluginError) => error,
    );
    assert.equal(failure.partial?.id, "site");
    assert.equal(failure.partial?.outputs["fullName"], "acme/site");
  });

  it("reports a refusal in the words of the vendor's client", async () => {
    await world.plugin.create(REPOSITORY, repositoryInputs);
    await assert.rejects(
      world.plugin.create(REPOSITORY, repositoryInputs),
      /1 error occurred:\n\t\* POST http:\/\/127\.0\.0\.1:\d+\/api\/v3\/orgs\/acme\/repos: 422 .*name already exists/s,
    );
    await assert.rejects(
      world.plugin.create(FILE, { ...fileInputs, branch: "missing" }),
      /branch missing not found in repository acme\/site or repository is not readable/,
    );
  });

  it("says which properties only the vendor's plugin has", async () => {
    const { failures } = await world.plugin.check(REPOSITORY, { name: "site", fork: "true" });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["fork"],
    );
    assert.match(failures[0]?.reason ?? "", /--plugins installed/);
  });
});
