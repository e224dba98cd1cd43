import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { type GithubWorld, openGithubWorld, REPOSITORY, repositoryInputs } from "./offline-github-world.ts";

const FILE = "github:index/repositoryFile:RepositoryFile";

/** What the vendor's plugin, version 6.15.0, was seen to ask. R is the repository. */
const golden = {
  create: [
    "GET R",
    "GET R/branches/main",
    "GET R/contents/.circleci/config.yml?ref=main",
    "PUT R/contents/.circleci/config.yml",
    "GET R/contents/.circleci/config.yml?ref=main",
    "GET R/commits/SHA",
  ],
  read: ["GET R/contents/.circleci/config.yml?ref=main", "GET R/commits/SHA"],
  update: ["PUT R/contents/.circleci/config.yml", "GET R/contents/.circleci/config.yml?ref=main", "GET R/commits/SHA"],
  delete: ["DELETE R/contents/.circleci/config.yml"],
};

const fileInputs = { repository: "site", file: ".circleci/config.yml", content: "version: 2.1\n", branch: "main" };

describe("offline edition of the github plugin: files", () => {
  let world: GithubWorld;

  beforeEach(async () => {
    world = await openGithubWorld();
  });

  afterEach(() => world.close());

  it("asks for a file what the vendor's plugin asks, in its order", async () => {
    const { plugin } = world;
    const { outputs } = await plugin.create(REPOSITORY, repositoryInputs);
    await world.githubCalls();
    const created = await plugin.create(FILE, fileInputs);
    assert.deepEqual(await world.githubCalls(), golden.create);
    assert.equal(created.id, "site:.circleci/config.yml:main");
    assert.equal(created.outputs["commitMessage"], "Add .circleci/config.yml");
    assert.equal(created.outputs["repositoryId"], outputs["repoId"]);
    assert.deepEqual(await plugin.read(FILE, created), created);
    assert.deepEqual(await world.githubCalls(), golden.read);
    const news = { ...fileInputs, content: "version: 2.1\njobs: {}\n" };
    assert.deepEqual(await world.changed(FILE, created, news), { content: "update" });
    const updated = await plugin.update(FILE, created, news);
    assert.deepEqual(await world.githubCalls(), golden.update);
    assert.notEqual(updated.outputs["sha"], created.outputs["sha"]);
    assert.equal(updated.outputs["commitMessage"], "Update .circleci/config.yml");
    await plugin.delete(FILE, updated);
    assert.deepEqual(await world.githubCalls(), golden.delete);
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
    assert.deepEqual(await world.changed(FILE, imported, fileInputs), {});
    await assert.rejects(world.plugin.read(FILE, "site/config.yml"), /invalid ID specified/);
  });

  it("writes a file anew, in place, in a repository that was renamed", async () => {
    const repository = await world.plugin.create(REPOSITORY, repositoryInputs);
    const created = await world.plugin.create(FILE, fileInputs);
    const renamed = { ...fileInputs, repository: "website" };
    assert.deepEqual(await world.changed(FILE, created, renamed), { repository: "update" });
    await world.plugin.update(REPOSITORY, repository, { ...repositoryInputs, name: "website" });
    await world.calls();
    const updated = await world.plugin.update(FILE, created, renamed);
    assert.equal((await world.calls())[0], "PUT /repos/acme/website/contents/.circleci/config.yml");
    assert.equal(updated.outputs["repository"], "website");
    assert.equal(updated.outputs["content"], fileInputs.content);
  });

  it("replaces a file that moves within a repository", async () => {
    await world.plugin.create(REPOSITORY, repositoryInputs);
    const created = await world.plugin.create(FILE, fileInputs);
    const moved = await world.plugin.checked(FILE, { ...fileInputs, file: "config.yml" });
    assert.deepEqual((await world.plugin.diff(FILE, created, moved)).replaces, ["file"]);
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
});
