import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { PluginError } from "./harness.ts";
import { type GithubWorld, openGithubWorld, REPOSITORY, repositoryInputs } from "./offline-github-world.ts";

/** What the vendor's plugin, version 6.15.0, was seen to ask. R is the repository. */
const golden = {
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
};

describe("offline edition of the github plugin: repositories", () => {
  let world: GithubWorld;

  beforeEach(async () => {
    world = await openGithubWorld();
  });

  afterEach(() => world.close());

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
    assert.deepEqual(await world.githubCalls(), ["GET /orgs/acme"]);
    const created = await plugin.create(REPOSITORY, repositoryInputs);
    assert.deepEqual(await world.githubCalls(), golden.create);
    assert.deepEqual(await world.changed(REPOSITORY, created, repositoryInputs), {});
    assert.deepEqual(await world.githubCalls(), []);
    assert.deepEqual(await plugin.read(REPOSITORY, created), created);
    assert.deepEqual(await world.githubCalls(), golden.read);
    const news = { ...repositoryInputs, description: "The site", topics: ["django"] };
    assert.deepEqual(await world.changed(REPOSITORY, created, news), { description: "update", topics: "update" });
    const updated = await plugin.update(REPOSITORY, created, news);
    assert.deepEqual(await world.githubCalls(), golden.update);
    assert.equal(updated.outputs["description"], "The site");
    await plugin.delete(REPOSITORY, updated);
    assert.deepEqual(await world.githubCalls(), golden.delete);
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
    assert.deepEqual(await world.changed(REPOSITORY, drifted, repositoryInputs), {
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
    assert.deepEqual(await world.changed(REPOSITORY, imported, { ...repositoryInputs, autoInit: false }), {});
    assert.equal(await world.plugin.read(REPOSITORY, "missing"), undefined);
  });

  it("archives instead of deleting when told so", async () => {
    const created = await world.plugin.create(REPOSITORY, { ...repositoryInputs, archiveOnDestroy: true });
    await world.githubCalls();
    await world.plugin.delete(REPOSITORY, created);
    assert.deepEqual(await world.githubCalls(), ["PATCH R"]);
    assert.equal((await world.plugin.read(REPOSITORY, created))?.outputs["archived"], true);
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

  it("is renamed in place, keeps its id until the engine drops it, and is read by the old name", async () => {
    const created = await world.plugin.create(REPOSITORY, repositoryInputs);
    const renamed = { ...repositoryInputs, name: "website" };
    assert.deepEqual(await world.changed(REPOSITORY, created, renamed), { name: "update" });
    const updated = await world.plugin.update(REPOSITORY, created, renamed);
    assert.deepEqual([updated.id, updated.outputs["name"]], ["site", "website"]);
    assert.equal(updated.outputs["fullName"], "acme/website");
    assert.equal(updated.outputs["repoId"], created.outputs["repoId"]);
    // With another ETag the object is read anew, by its id, and the id is taken for its name.
    const read = await world.plugin.read(REPOSITORY, { ...updated, outputs: { ...updated.outputs, etag: "" } });
    assert.deepEqual([read?.outputs["name"], read?.outputs["fullName"]], ["site", "acme/website"]);
    await world.plugin.delete(REPOSITORY, updated);
    assert.equal(await world.plugin.read(REPOSITORY, "website"), undefined);
  });

  it("records what a failed update wanted, and finds nothing to do the next time", async () => {
    const created = await world.plugin.create(REPOSITORY, repositoryInputs);
    const refusal = { message: "Validation Failed", errors: ["no"] };
    await world.fault({ service: "github", method: "PATCH", path: "/**", action: { status: 422, body: refusal } });
    const wanted = { ...repositoryInputs, description: "Another" };
    const failure = await world.plugin.update(REPOSITORY, created, wanted).then(
      () => assert.fail("the update went through"),
      (error: PluginError) => error,
    );
    assert.equal(failure.partial?.id, "site");
    assert.equal(failure.partial?.outputs["description"], "Another");
    const kept = { ...created, outputs: failure.partial?.outputs ?? {} };
    assert.deepEqual(await world.changed(REPOSITORY, kept, wanted), {});
    await world.githubCalls();
    const again = await world.plugin.update(REPOSITORY, kept, wanted);
    assert.deepEqual(await world.githubCalls(), [], "a success that did nothing");
    assert.equal(again.outputs["description"], "Another");
    const found = await world.plugin.read(REPOSITORY, { ...kept, outputs: { ...kept.outputs, etag: "" } });
    assert.equal(found?.outputs["description"], repositoryInputs.description);
    assert.deepEqual(await world.changed(REPOSITORY, found as never, wanted), { description: "update" });
  });

  it("tells of an error twice, as the vendor's plugin does", async () => {
    const created = await world.plugin.create(REPOSITORY, repositoryInputs);
    await world.fault({
      service: "github",
      method: "PATCH",
      path: "/**",
      action: { status: 422, body: { message: "No" } },
    });
    const update = world.plugin.update(REPOSITORY, created, { ...repositoryInputs, description: "Another" });
    await assert.rejects(
      update,
      /^Error: updating urn:pulumi:\S+: 1 error occurred:\n\t\* PATCH http\S+: 422 No \[\]\n\n$/,
    );
    const line = await world.plugin.logged((logged) => logged.message.includes("sdk.helper_schema"));
    assert.match(
      line.message,
      /^sdk-v2\/provider2\.go:571: sdk\.helper_schema: PATCH http\S+: 422 No \[\]: provider=github@6\.15\.0$/,
    );
  });

  it("does not make a private repository public and have it scanned in one update", async () => {
    const created = await world.plugin.create(REPOSITORY, repositoryInputs);
    const scanned = { secretScanning: { status: "enabled" } };
    const wanted = { ...repositoryInputs, visibility: "public", securityAndAnalysis: scanned };
    await assert.rejects(world.plugin.update(REPOSITORY, created, wanted), /422 .*Secret scanning is not available/s);
    const isPublic = await world.plugin.update(REPOSITORY, created, { ...repositoryInputs, visibility: "public" });
    const both = await world.plugin.update(REPOSITORY, isPublic, wanted);
    const { secretScanning } = both.outputs["securityAndAnalysis"] as unknown as typeof wanted.securityAndAnalysis;
    assert.deepEqual(secretScanning, { status: "enabled" });
  });

  it("warns of the deprecated argument, and of nothing else", async () => {
    const { vulnerabilityAlerts: _, ...others } = repositoryInputs;
    await world.plugin.checked(REPOSITORY, others);
    await world.plugin.checked(REPOSITORY, repositoryInputs);
    const line = await world.plugin.logged(({ message }) => message.includes("verification warning"));
    assert.match(
      line.message,
      /^urn:pulumi:\S+ verification warning: Use the github_repository_vulnerability_alerts resource instead\./,
    );
    const warnings = world.plugin.log.filter(({ message }) => message.includes("verification warning"));
    assert.equal(warnings.length, 1);
  });

  it("gives topics sorted, and takes them for a set", async () => {
    const created = await world.plugin.create(REPOSITORY, { ...repositoryInputs, topics: ["render", "django"] });
    assert.deepEqual(created.outputs["topics"], ["django", "render"]);
    assert.deepEqual(
      await world.changed(REPOSITORY, created, { ...repositoryInputs, topics: ["render", "django"] }),
      {},
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
