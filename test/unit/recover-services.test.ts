import assert from "node:assert/strict";
import { doubles } from "../../cli/recover/doubles.ts";
import { recipes } from "../../cli/recover/recipes.ts";
import { circleciProvider } from "../../providers/circleci/plugin/provider.ts";
import { renderProvider } from "../../providers/render/plugin/provider.ts";
import { RecoverySearch } from "./support/recovery-search.ts";

describe("delivery recover: the look-ups", () => {
  let services: RecoverySearch;
  beforeEach(async () => {
    services = await RecoverySearch.start();
  });
  afterEach(() => services.close());
  const find: RecoverySearch["find"] = (...args) => services.find(...args);
  const ids: RecoverySearch["ids"] = (...args) => services.ids(...args);
  const make: RecoverySearch["make"] = (...args) => services.make(...args);
  const repository = () => make("github", "POST", "/api/v3/orgs/acme/repos", { name: "site", auto_init: true });

  it("know every resource type of the providers of this project", () => {
    const types = [...circleciProvider.resources, ...renderProvider.resources].map((resource) => resource.token);
    assert.deepEqual(
      types.filter((type) => !recipes[type]),
      [],
    );
  });

  it("finds a GitHub repository by name", async () => {
    const type = "github:index/repository:Repository";
    assert.deepEqual(await ids(type, { name: "site" }), []);
    await repository();
    const [found] = await find(type, { name: "site" });
    assert.equal(found?.importId, "site");
    assert.match(found?.madeAt ?? "", /^2\d{3}-/);
  });

  it("does not take a repository that was renamed for one of its former name", async () => {
    await repository();
    await make("github", "PATCH", "/api/v3/repos/acme/site", { name: "shop" });
    assert.deepEqual(await ids("github:index/repository:Repository", { name: "site" }), []);
  });

  it("does not take a Sentry project or team that was renamed for one of its former slug", async () => {
    await make("sentry", "POST", "/api/0/organizations/acme/teams/", { slug: "web", name: "web" });
    await make("sentry", "POST", "/api/0/teams/acme/web/projects/", { slug: "site", name: "site" });
    const inputs = { organization: "acme", name: "site", slug: "site" };
    assert.deepEqual(await ids("sentry:index/sentryProject:SentryProject", inputs), ["acme/site"]);
    await make("sentry", "PUT", "/api/0/projects/acme/site/", { slug: "shop" });
    assert.deepEqual(await ids("sentry:index/sentryProject:SentryProject", inputs), []);
    assert.deepEqual(await ids("sentry:index/sentryProject:SentryProject", { ...inputs, slug: "shop" }), ["acme/shop"]);
  });

  it("finds a ruleset by name and gives its number", async () => {
    const type = "github:index/repositoryRuleset:RepositoryRuleset";
    const inputs = { name: "default-branch", repository: "site" };
    assert.deepEqual(await ids(type, inputs), []);
    await repository();
    const rule = {
      target: "branch",
      enforcement: "active",
      conditions: { ref_name: { include: [], exclude: [] } },
      rules: [],
    };
    await make("github", "POST", "/api/v3/repos/acme/site/rulesets", { name: "other", ...rule });
    const { id } = await make("github", "POST", "/api/v3/repos/acme/site/rulesets", {
      name: "default-branch",
      ...rule,
    });
    assert.deepEqual(await ids(type, inputs), [`site:${id}`]);
  });

  it("finds a file, and tells one of other content apart", async () => {
    const type = "github:index/repositoryFile:RepositoryFile";
    const inputs = { repository: "site", file: ".circleci/config.yml", content: "jobs: {}\n" };
    assert.deepEqual(await ids(type, inputs), []);
    await repository();
    assert.deepEqual(await ids(type, inputs), []);
    const content = Buffer.from(inputs.content).toString("base64");
    await make("github", "PUT", "/api/v3/repos/acme/site/contents/.circleci/config.yml", { message: "x", content });
    const id = "site:.circleci/config.yml:main";
    assert.deepEqual(await find(type, inputs), [{ importId: id, stateId: id }]);
    const [other] = await find(type, { ...inputs, content: "jobs: { test: {} }\n", branch: "main" });
    assert.match(other?.conflict ?? "", /content/);
  });

  it("finds Sentry's team and project by slug", async () => {
    const team = "sentry:index/sentryTeam:SentryTeam";
    const project = "sentry:index/sentryProject:SentryProject";
    assert.deepEqual(await ids(team, { organization: "acme", name: "web" }), []);
    await make("sentry", "POST", "/api/0/organizations/acme/teams/", { name: "web", slug: "web" });
    assert.deepEqual(await ids(team, { organization: "acme", name: "web" }), ["acme/web"]);
    assert.deepEqual(await ids(project, { organization: "acme", name: "Site", slug: "site" }), []);
    await make("sentry", "POST", "/api/0/teams/acme/web/projects/", { name: "Site", slug: "site" });
    assert.deepEqual(await ids(project, { organization: "acme", name: "Site", slug: "site" }), ["acme/site"]);
  });

  it("finds every Sentry key of a name", async () => {
    const type = "sentry:index/sentryKey:SentryKey";
    const inputs = { organization: "acme", project: "site", name: "prod" };
    assert.deepEqual(await ids(type, inputs), []);
    await make("sentry", "POST", "/api/0/organizations/acme/teams/", { name: "web", slug: "web" });
    await make("sentry", "POST", "/api/0/teams/acme/web/projects/", { name: "site", slug: "site" });
    const made = [];
    for (const name of ["prod", "test", "prod"])
      made.push(await make("sentry", "POST", "/api/0/projects/acme/site/keys/", { name }));
    const expected = made.filter((_key, index) => index !== 1).map(({ id }) => `acme/site/${id}`);
    assert.deepEqual((await ids(type, inputs)).sort(), expected.sort());
  });

  it("finds Render's objects by name and workspace", async () => {
    const ownerId = "tea-qq7f2uo48u621ffmqj55";
    const credential = "render:index:RegistryCredential";
    assert.deepEqual(await ids(credential, { name: "site", ownerId }), []);
    const login = { registry: "DOCKER", username: "u", authToken: "t" };
    const made = await make("render", "POST", "/v1/registrycredentials", { name: "site", ownerId, ...login });
    assert.deepEqual(await ids(credential, { name: "site", ownerId }), [made.id]);

    const service = "render:index:WebService";
    assert.deepEqual(await ids(service, { name: "site-prod", ownerId }), []);
    const { service: created } = await make("render", "POST", "/v1/services", {
      type: "web_service",
      name: "site-prod",
      ownerId,
      image: { ownerId, imagePath: "docker.io/acme/site:1" },
      serviceDetails: { runtime: "image", region: "oregon", plan: "starter" },
    });
    assert.deepEqual(await ids(service, { name: "site-prod", ownerId }), [created.id]);
    assert.deepEqual(await ids(service, { name: "site", ownerId }), []);

    const database = "render:index:Postgres";
    assert.deepEqual(await ids(database, { name: "site-prod", ownerId }), []);
    const asked = { name: "site-prod", ownerId, plan: "basic_1gb", version: "17" };
    const { id: databaseId } = await make("render", "POST", "/v1/postgres", asked);
    assert.deepEqual(await ids(database, { name: "site-prod", ownerId }), [databaseId]);

    const store = "render:index:KeyValue";
    assert.deepEqual(await ids(store, { name: "site-prod", ownerId }), []);
    const { id: storeId } = await make("render", "POST", "/v1/key-value", {
      ...{ name: "site-prod", ownerId, plan: "starter", ipAllowList: [] },
    });
    assert.deepEqual(await ids(store, { name: "site-prod", ownerId }), [storeId]);

    const project = "render:index:Project";
    assert.deepEqual(await ids(project, { name: "site", ownerId }), []);
    const environments = [{ name: "shared" }];
    const { id: projectId } = await make("render", "POST", "/v1/projects", { name: "site", ownerId, environments });
    assert.deepEqual(await ids(project, { name: "site", ownerId }), [projectId]);
    for (const [type, name] of [
      [credential, "site"],
      [service, "site-prod"],
      [database, "site-prod"],
      [store, "site-prod"],
      [project, "site"],
    ] as const)
      assert.match((await find(type, { name, ownerId }))[0]?.madeAt ?? "", /^2\d{3}-/, type);

    const environment = "render:index:Environment";
    assert.deepEqual(await ids(environment, { name: "prod", projectId }), []);
    const { id } = await make("render", "POST", "/v1/environments", { name: "prod", projectId });
    assert.deepEqual(await ids(environment, { name: "prod", projectId }), [id]);
  });

  it("names the second object of a create that was taken twice", async () => {
    const { env } = services;
    const signal = new AbortController().signal;
    const told = async (type: string, inputs: object, held: string): Promise<string[]> => {
      const resource = { urn: `urn:pulumi:x::x::${type}::it`, type, id: held, protect: false, delete: false };
      return doubles(recipes, {
        stack: { resources: [{ ...resource, inputs: { ...inputs } }], pending: [] },
        env,
        signal,
      });
    };
    const login = { name: "site", ownerId: "tea-qq7f2uo48u621ffmqj55", registry: "DOCKER", username: "u" };
    const credential = () => make("render", "POST", "/v1/registrycredentials", { ...login, authToken: "t" });
    const [first, second] = [await credential(), await credential()];
    const [sentence = "", ...more] = await told("render:index:RegistryCredential", login, first.id);
    assert.match(sentence, new RegExp(`"site" exists more than once: the state holds ${first.id}, .*${second.id}`));
    assert.deepEqual(more, []);

    await make("circleci", "POST", "/api/v1.1/project/github/acme/site/follow");
    const key = () => make("circleci", "POST", "/api/v2/project/gh/acme/site/checkout-key", { type: "deploy-key" });
    const { fingerprint } = await key();
    const inputs = { project: "gh/acme/site", type: "deploy-key" };
    const held = `gh/acme/site/${fingerprint}`;
    assert.deepEqual(await told("circleci:index:CheckoutKey", inputs, held), []);
    await key();
    assert.match((await told("circleci:index:CheckoutKey", inputs, held)).join(), /checkout key .* more than once/);
  });

  it("names the token that is missing, and an input that it cannot read", async () => {
    const { RENDER_API_KEY: _key, ...withoutKey } = services.env;
    const type = "render:index:RegistryCredential";
    await assert.rejects(
      find(type, { name: "site", ownerId: "tea-1" }, withoutKey),
      /RENDER_API_KEY is not in the environment/,
    );
    const encrypted = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };
    await assert.rejects(find(type, { name: encrypted, ownerId: "tea-1" }), /"name" is a secret/);
  });
});
