import assert from "node:assert/strict";
import { type CircleciWorld, PROJECT, startCircleciWorld } from "./circleci-world.ts";
import { PluginError, UNKNOWN } from "./harness.ts";

const SAFE = {
  autocancelBuilds: true,
  buildForkPrs: false,
  buildPrsOnly: false,
  disableSsh: false,
  forksReceiveSecretEnvVars: false,
  oss: false,
  setGithubStatus: true,
  setupWorkflows: false,
  writeSettingsRequiresAdmin: true,
};

describe("circleci: Project", () => {
  let world: CircleciWorld;
  before(async () => {
    world = await startCircleciWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const settingsAt = async (slug: string): Promise<Record<string, unknown>> =>
    (await world.api("GET", `/v2/project/${slug}/settings`)).advanced;

  it("follows a repository and sets every safe default explicitly", async () => {
    const made = await world.plugin.create(PROJECT, { slug: "gh/acme/site" });
    assert.equal(made.id, "gh/acme/site");
    assert.deepEqual(made.outputs["settings"], SAFE);
    assert.equal(made.outputs["name"], "site");
    assert.equal(made.outputs["organizationSlug"], "gh/acme");
    assert.equal(made.outputs["vcsUrl"], "https://github.com/acme/site");
    assert.deepEqual(await world.writes(), [
      "POST /v1.1/project/github/acme/site/follow",
      "PATCH /v2/project/gh/acme/site/settings",
    ]);
    const settings = await settingsAt("gh/acme/site");
    assert.equal(settings["forks_receive_secret_env_vars"], false);
    assert.equal(settings["set_github_status"], true);
    assert.deepEqual(await world.refreshed(PROJECT, made), made);
    assert.deepEqual(await world.changes(PROJECT, made, { slug: "gh/acme/site" }), {});
  });

  it("updates each setting in place, and open source by the older API", async () => {
    const made = await world.plugin.create(PROJECT, { slug: "gh/acme/site" });
    for (const [name, value] of Object.entries({ ...SAFE, prOnlyBranchOverrides: undefined })) {
      const changed = name === "prOnlyBranchOverrides" ? ["release"] : !value;
      const declared = { slug: "gh/acme/site", settings: { [name]: changed } };
      const changes = await world.changes(PROJECT, made, declared);
      assert.deepEqual(changes, { [`settings.${name}`]: value === undefined ? "add" : "update" });
      const updated = await world.plugin.update(PROJECT, made, declared);
      assert.deepEqual((await world.refreshed(PROJECT, updated)).inputs, updated.inputs);
    }
    const settings = await settingsAt("gh/acme/site");
    assert.deepEqual(settings["pr_only_branch_overrides"], ["release"]);
    assert.ok((await world.writes()).includes("PUT /v1.1/project/gh/acme/site/settings"));
  });

  it("finds a setting that was changed by hand", async () => {
    const made = await world.plugin.create(PROJECT, { slug: "gh/acme/site" });
    const advanced = { forks_receive_secret_env_vars: true, build_fork_prs: true };
    await world.api("PATCH", "/v2/project/gh/acme/site/settings", { advanced });
    const found = await world.refreshed(PROJECT, made);
    assert.deepEqual(await world.changes(PROJECT, found, { slug: "gh/acme/site" }), {
      "settings.buildForkPrs": "update",
      "settings.forksReceiveSecretEnvVars": "update",
    });
  });

  it("leaves the list of branches alone unless it is declared", async () => {
    const made = await world.plugin.create(PROJECT, { slug: "gh/acme/site" });
    await world.api("PATCH", "/v2/project/gh/acme/site/settings", { advanced: { pr_only_branch_overrides: ["x"] } });
    assert.deepEqual((await world.refreshed(PROJECT, made)).inputs, made.inputs);
  });

  it("replaces on the slug of another organization", async () => {
    const made = await world.plugin.create(PROJECT, { slug: "gh/acme/site" });
    assert.deepEqual(await world.changes(PROJECT, made, { slug: "gh/shop/site" }), { slug: "update-replace" });
  });

  it("sees a deletion, and deletes, also what is gone already", async () => {
    const made = await world.plugin.create(PROJECT, { slug: "gh/acme/site" });
    await world.plugin.delete(PROJECT, made);
    assert.equal((await world.state())["projects"], 0);
    assert.equal(await world.plugin.read(PROJECT, made), undefined);
    await world.plugin.delete(PROJECT, made);
  });

  it("imports by slug, with inputs that make the next preview empty", async () => {
    await world.plugin.create(PROJECT, { slug: "gh/acme/site" });
    const imported = await world.refreshed(PROJECT, "gh/acme/site");
    assert.deepEqual(await world.changes(PROJECT, imported, { slug: "gh/acme/site" }), {});
  });

  it("does not take over a project that CircleCI builds already", async () => {
    await world.api("POST", "/v1.1/project/github/acme/site/follow");
    await world.writes();
    await assert.rejects(
      world.plugin.create(PROJECT, { slug: "gh/acme/site" }),
      /"gh\/acme\/site" exists already.*pulumi import circleci:index:Project NAME gh\/acme\/site/,
    );
    assert.deepEqual(await world.writes(), []);
  });

  it("follows once more when the answer is lost", async () => {
    await world.fault({ method: "POST", path: "/api/v1.1/**", when: "after", action: { cut: true } });
    await world.plugin.create(PROJECT, { slug: "gh/acme/site" });
    assert.equal((await world.state())["projects"], 1);
  });

  it("keeps the project in the state when its settings fail, and sets them next time", async () => {
    await world.fault({ method: "PATCH", action: { status: 403, body: { message: "Permission denied." } } });
    const error = await world.plugin.create(PROJECT, { slug: "gh/acme/site" }).catch((reason: unknown) => reason);
    assert.ok(error instanceof PluginError && error.partial);
    assert.match(error.message, /PATCH .*\/settings answered 403: Permission denied.*CIRCLE_TOKEN/);
    assert.equal(error.partial.id, "gh/acme/site");
    const finished = await world.plugin.update(PROJECT, error.partial, { slug: "gh/acme/site" });
    assert.deepEqual((await world.refreshed(PROJECT, finished)).inputs["settings"], SAFE);
  });

  it("keeps the project in the state when it cannot be read after it was followed", async () => {
    const broken = { status: 500, body: { message: "broken" } };
    await world.fault({ method: "GET", path: "/api/v2/project/**", skip: 1, action: broken });
    const error = await world.plugin.create(PROJECT, { slug: "gh/acme/site" }).catch((reason: unknown) => reason);
    assert.ok(error instanceof PluginError);
    assert.equal(error.partial?.id, "gh/acme/site");
  });

  it("previews without a request", async () => {
    const outputs = await world.plugin.previewCreate(PROJECT, { slug: UNKNOWN });
    assert.deepEqual(outputs["settings"], SAFE);
    for (const name of ["slug", "name", "projectId", "vcsUrl"]) assert.equal(outputs[name], UNKNOWN);
    assert.deepEqual(await world.writes(), []);
  });

  it("makes, updates, imports and deletes a project of a GitHub App organization", async () => {
    const declared = { organization: world.app, name: "site", settings: { disableSsh: true } };
    const made = await world.plugin.create(PROJECT, declared);
    assert.match(made.id, new RegExp(`^${world.app}/\\w+$`));
    assert.equal(made.outputs["slug"], made.id);
    assert.equal(made.outputs["name"], "site");
    assert.deepEqual(await world.refreshed(PROJECT, made), made);
    const updated = await world.plugin.update(PROJECT, made, { ...declared, settings: { disableSsh: false } });
    assert.equal((await settingsAt(made.id))["disable_ssh"], false);
    const imported = await world.refreshed(PROJECT, made.id);
    assert.deepEqual(await world.changes(PROJECT, imported, { slug: made.id }), {});
    await world.plugin.delete(PROJECT, updated);
    assert.equal((await world.state())["projects"], 0);
  });

  it("takes the new App project whose answer was lost, and none that was there", async () => {
    const declared = { organization: world.app, name: "site" };
    await world.fault({ method: "POST", when: "after", action: { cut: true } });
    const made = await world.plugin.create(PROJECT, declared);
    assert.deepEqual(await world.refreshed(PROJECT, made), made);
    assert.equal((await world.state())["projects"], 1);
    await assert.rejects(
      world.plugin.create(PROJECT, declared),
      new RegExp(`"site" exists already.*pulumi import ${String(PROJECT)} NAME ${made.id}`),
    );
  });

  it("says what to do when the list of projects is refused as well, and makes no second", async () => {
    await world.fault({ method: "POST", when: "after", action: { cut: true } });
    await world.fault({ path: "/api/v1.1/projects", times: "always", action: { status: 403 } });
    await assert.rejects(
      world.plugin.create(PROJECT, { organization: world.app, name: "site" }),
      /got no answer.*If CircleCI shows a project "site" now, import it by its slug/,
    );
    assert.equal((await world.state())["projects"], 1);
  });

  it("checks what goes with what", async () => {
    const problems = async (inputs: Record<string, unknown>): Promise<Record<string, string>> => {
      const { failures } = await world.plugin.check(PROJECT, inputs);
      return Object.fromEntries(failures.map(({ property, reason }) => [property, reason]));
    };
    assert.match((await problems({}))[""] ?? "", /give slug, or organization and name/);
    assert.match(
      (await problems({ slug: "acme/site" }))["slug"] ?? "",
      /is no slug of a project, such as gh\/acme\/site/,
    );
    assert.deepEqual(Object.keys(await problems({ slug: "gh/acme/site", name: "x" })), ["slug"]);
    assert.deepEqual(Object.keys(await problems({ organization: "gh/acme", name: "x" })), ["organization"]);
    const unsafe = { slug: "circleci/a/b", settings: { forksReceiveSecretEnvVars: true, oss: true } };
    assert.deepEqual(Object.keys(await problems(unsafe)), ["settings.forksReceiveSecretEnvVars", "settings.oss"]);
    assert.deepEqual(Object.keys(await problems({ slug: "gh/a/b", settings: { buildForkPR: true } })), [
      "settings.buildForkPR",
    ]);
    assert.deepEqual(await problems({ slug: UNKNOWN }), {});
  });
});
