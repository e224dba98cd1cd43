import assert from "node:assert/strict";
import { accountOrganizations } from "../../sandbox/services/circleci/identity.ts";
import { RecoverySearch } from "./support/recovery-search.ts";

describe("delivery recover: CircleCI's look-ups", () => {
  let services: RecoverySearch;
  beforeEach(async () => {
    services = await RecoverySearch.start();
  });
  afterEach(() => services.close());
  const ids: RecoverySearch["ids"] = (...args) => services.ids(...args);
  const make = (method: string, path: string, body?: object) => services.make("circleci", method, path, body);
  const follow = () => make("POST", "/api/v1.1/project/github/acme/site/follow");
  const context = () =>
    make("POST", "/api/v2/context", { name: "prod", owner: { slug: "gh/acme", type: "organization" } });

  it("finds a followed project by slug", async () => {
    const type = "circleci:index:Project";
    assert.deepEqual(await ids(type, { slug: "gh/acme/site" }), []);
    await follow();
    assert.deepEqual(await ids(type, { slug: "gh/acme/site" }), ["gh/acme/site"]);
  });

  it("finds an App project among the followed ones, and says that there may be others", async () => {
    const app = accountOrganizations("acme").find(({ kind }) => kind === "app");
    const inputs = { organization: app?.slug, name: "site" };
    await assert.rejects(ids("circleci:index:Project", inputs), /only the projects that the token's user follows/);
    const { slug } = await make("POST", `/api/v2/organization/${app?.id}/project`, { name: "site" });
    assert.deepEqual(await ids("circleci:index:Project", inputs), [slug]);
    assert.deepEqual(await ids("circleci:index:Project", { ...inputs, organization: app?.id }), [slug]);
  });

  it("finds nothing in a context that is gone", async () => {
    const contextId = "11111111-2222-4333-8444-555555555555";
    assert.deepEqual(await ids("circleci:index:ContextVariable", { contextId, name: "DSN" }), []);
    const restriction = { contextId, type: "expression", value: "true" };
    assert.deepEqual(await ids("circleci:index:ContextRestriction", restriction), []);
  });

  it("finds a context by organization and name", async () => {
    const type = "circleci:index:Context";
    const inputs = { name: "prod", organization: "gh/acme" };
    assert.deepEqual(await ids(type, inputs), []);
    const { id } = await context();
    assert.deepEqual(await ids(type, inputs), [id]);
  });

  it("finds a context's variables and restrictions", async () => {
    const { id: contextId } = await context();
    const variable = "circleci:index:ContextVariable";
    assert.deepEqual(await ids(variable, { contextId, name: "DSN" }), []);
    await make("PUT", `/api/v2/context/${contextId}/environment-variable/DSN`, { value: "1" });
    assert.deepEqual(await ids(variable, { contextId, name: "DSN" }), [`${contextId}/DSN`]);

    const restriction = "circleci:index:ContextRestriction";
    const value = 'pipeline.git.branch == "main"';
    const inputs = { contextId, type: "expression", value };
    assert.deepEqual(await ids(restriction, inputs), []);
    const body = { restriction_type: "expression", restriction_value: value };
    const { id } = await make("POST", `/api/v2/context/${contextId}/restrictions`, body);
    assert.deepEqual(await ids(restriction, inputs), [`${contextId}/${id}`]);
    assert.deepEqual(await ids(restriction, { ...inputs, value: "true" }), []);
  });

  it("finds a project's variable, and its checkout keys of one kind", async () => {
    await follow();
    const project = "gh/acme/site";
    const variable = "circleci:index:ProjectVariable";
    assert.deepEqual(await ids(variable, { project, name: "DSN" }), []);
    await make("POST", `/api/v2/project/${project}/envvar`, { name: "DSN", value: "12345" });
    assert.deepEqual(await ids(variable, { project, name: "DSN" }), [`${project}/DSN`]);

    const key = "circleci:index:CheckoutKey";
    const before = await ids(key, { project, type: "deploy-key" });
    const made = await make("POST", `/api/v2/project/${project}/checkout-key`, { type: "deploy-key" });
    await make("POST", `/api/v2/project/${project}/checkout-key`, { type: "user-key" });
    const after = await ids(key, { project, type: "deploy-key" });
    assert.deepEqual(
      after.filter((id) => !before.includes(id)),
      [`${project}/${made.fingerprint}`],
    );
  });

  it("finds a pipeline definition by name, and a trigger by its events", async () => {
    const app = accountOrganizations("acme").find(({ kind }) => kind === "app");
    const { id: projectId } = await make("POST", `/api/v2/organization/${app?.id}/project`, { name: "site" });
    const definition = "circleci:index:PipelineDefinition";
    assert.deepEqual(await ids(definition, { projectId, name: "build" }), []);
    const source = { provider: "github_app", repo: { external_id: "12345" } };
    const { id: definitionId } = await make("POST", `/api/v2/projects/${projectId}/pipeline-definitions`, {
      name: "build",
      config_source: { ...source, file_path: ".circleci/config.yml" },
      checkout_source: source,
    });
    assert.deepEqual(await ids(definition, { projectId, name: "build" }), [`${projectId}/${definitionId}`]);

    const trigger = "circleci:index:Trigger";
    const inputs = {
      projectId,
      definitionId,
      provider: "github_app",
      repositoryId: "12345",
      eventPreset: "all-pushes",
    };
    assert.deepEqual(await ids(trigger, inputs), []);
    const path = `/api/v2/projects/${projectId}/pipeline-definitions/${definitionId}/triggers`;
    await make("POST", path, { event_source: source, event_preset: "only-tags" });
    const { id } = await make("POST", path, { event_source: source, event_preset: "all-pushes" });
    assert.deepEqual(await ids(trigger, inputs), [`${projectId}/${definitionId}/${id}`]);
  });
});
