import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { deployedImage } from "../../infra/environment/deployed-image.ts";
import { Site, type SiteArgs } from "../../infra/environment/render-service.ts";
import { HostingProject } from "../../infra/shared/render-project.ts";
import { insideSecret, known, type MockEngine, mockEngine } from "./support/mock-engine.ts";

const SERVICE = "render:index:WebService";
const DATABASE = "render:index:Postgres";
const STORE = "render:index:KeyValue";
const CREDENTIAL = "render:index:RegistryCredential";
const PROJECT = "render:index:Project";
const ENVIRONMENT = "render:index:Environment";
const ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/site";

describe("HostingProject", () => {
  let engine: MockEngine;
  beforeEach(async () => {
    engine = await mockEngine();
  });
  const declare = (login: object, project: "managed" | "off" = "off") =>
    new HostingProject("hosting", {
      application: "site",
      ownerId: "tea-1",
      project,
      image: { repository: "ghcr.io/acme/site", ...login },
    });

  it("declares the login with which Render pulls the image", async () => {
    declare({ username: "acme", password: pulumi.secret("registry-password") });
    const { inputs, parent } = await engine.registered(CREDENTIAL, "hosting-credential");
    const { authToken, ...plain } = inputs;
    assert.equal(parent, "hosting");
    assert.deepEqual(plain, { name: "site", ownerId: "tea-1", registry: "GITHUB", username: "acme" });
    assert.equal(insideSecret(authToken), "registry-password");
  });

  it("declares the login that is only there to pull, in place of the one that pushes", async () => {
    const pull = { username: "AKIA1", password: pulumi.secret("access-key") };
    declare({ repository: ECR, username: "AWS", password: pulumi.secret("twelve-hours"), pull });
    const { inputs } = await engine.registered(CREDENTIAL, "hosting-credential");
    assert.deepEqual([inputs["registry"], inputs["username"]], ["AWS_ECR", "AKIA1"]);
    assert.equal(insideSecret(inputs["authToken"]), "access-key");
  });

  it("declares no login for an image that anybody may pull, whoever pushes it", () => {
    assert.equal(declare({ username: "acme", password: pulumi.secret("p"), pull: "off" }).credentialId, undefined);
  });

  it("declares a project, with an environment because Render makes none without", async () => {
    const hosting = declare({}, "managed");
    const { inputs, parent } = await engine.registered(PROJECT, "hosting-project");
    assert.equal(parent, "hosting");
    assert.deepEqual(inputs, { name: "site", ownerId: "tea-1", environments: [{ name: "shared" }] });
    assert.ok(hosting.projectId);
  });

  it("declares no login for an image that needs none, and no project that is off", async () => {
    const { credentialId, projectId } = declare({});
    assert.deepEqual([credentialId, projectId], [undefined, undefined]);
    assert.equal((await engine.registrations()).length, 1);
  });
});

describe("Site", () => {
  let engine: MockEngine;
  beforeEach(async () => {
    engine = await mockEngine({ outputs: { [SERVICE]: { url: "https://site.example", deployId: "dep-1" } } });
  });

  const settings: SiteArgs["settings"] = {
    name: "site-prod",
    ownerId: "tea-1",
    region: "frankfurt",
    plan: "starter",
    project: "managed",
    healthCheckPath: "/healthz/",
    hosts: [],
    domains: [],
    variables: {},
    secretKey: "generate",
  };
  const declare = (changes: Partial<SiteArgs["settings"]> = {}, args: Partial<SiteArgs> = {}) =>
    new Site("site", {
      settings: { ...settings, ...changes },
      environment: "production",
      port: 8000,
      settingsModule: undefined,
      image: "acme/site:content-1",
      release: "content-1",
      imageManagement: "declared",
      projectId: undefined,
      credentialId: undefined,
      dsn: undefined,
      secretVariables: {},
      database: undefined,
      cache: undefined,
      ...args,
    });

  it("has a Render environment of its name in the project, if there is one", async () => {
    declare({}, { projectId: "prj-1" });
    const place = await engine.registered(ENVIRONMENT, "site-environment");
    assert.equal(place.parent, "site");
    assert.deepEqual(place.inputs, { name: "production", projectId: "prj-1" });
    assert.equal((await engine.registered(SERVICE, "site")).inputs["environmentId"], "site-environment-id");
  });

  it("runs the image by its tag, with a secret key that Render makes", async () => {
    declare();
    const { inputs, parent } = await engine.registered(SERVICE, "site");
    assert.equal(parent, "site");
    assert.deepEqual(inputs, {
      name: "site-prod",
      ownerId: "tea-1",
      region: "frankfurt",
      plan: "starter",
      imageManagement: "declared",
      image: "acme/site:content-1",
      healthCheckPath: "/healthz/",
      generatedVariables: ["DJANGO_SECRET_KEY"],
      environmentVariables: { PORT: "8000", SENTRY_ENVIRONMENT: "production", SENTRY_RELEASE: "content-1" },
    });
  });

  it("gets what it needs: the DSN, the hosts, the credential, its own variables", async () => {
    declare(
      { hosts: ["a.example", "b.example"], variables: { WORKERS: "2" }, instances: 2, preDeployCommand: "migrate" },
      { dsn: "https://k@s.example/1", credentialId: "rgc-1", secretVariables: { API_KEY: pulumi.secret("k") } },
    );
    const { inputs } = await engine.registered(SERVICE);
    // The mock engine takes a map with a secret in it for a secret.
    const variables = insideSecret(inputs["environmentVariables"]) as Record<string, unknown>;
    assert.equal(variables["SENTRY_DSN"], "https://k@s.example/1");
    assert.equal(variables["DJANGO_ALLOWED_HOSTS"], "a.example,b.example");
    assert.equal(variables["WORKERS"], "2");
    assert.equal(variables["API_KEY"], "k");
    assert.equal(inputs["registryCredentialId"], "rgc-1");
    assert.equal(inputs["numInstances"], 2);
    assert.equal(inputs["preDeployCommand"], "migrate");
  });

  it("has a database where it is itself, and is told its internal address as a secret", async () => {
    const internal = "postgresql://u:p@dpg-1-a/db";
    engine = await mockEngine({ outputs: { [DATABASE]: { internalConnectionString: internal } } });
    const allow = [{ cidr: "203.0.113.7/32", description: "The office" }];
    const database = {
      name: "data",
      plan: "pro_4gb",
      version: "17",
      diskSizeGB: 15,
      highAvailability: true,
      allow,
    } as const;
    const site = declare({}, { projectId: "prj-1", database: { ...database, allow: [...allow] } });
    const { inputs, parent } = await engine.registered(DATABASE, "database");
    assert.equal(parent, "database");
    assert.deepEqual(inputs, {
      name: "data",
      ownerId: "tea-1",
      region: "frankfurt",
      environmentId: "site-environment-id",
      plan: "pro_4gb",
      version: "17",
      diskSizeGB: 15,
      highAvailability: true,
      ipAllowList: [{ cidrBlock: "203.0.113.7/32", description: "The office" }],
    });
    const service = await engine.registered(SERVICE);
    const told = insideSecret(service.inputs["environmentVariables"]) as Record<string, unknown>;
    assert.equal(told["DATABASE_URL"], internal);
    assert.equal(await known(pulumi.output(site.database?.databaseId)), "database-id");
  });

  it("has a cache where it is itself, and is told its internal address as a secret", async () => {
    const internal = "redis://red-1:6379";
    engine = await mockEngine({ outputs: { [STORE]: { internalConnectionString: internal } } });
    const allow = [{ cidr: "203.0.113.7/32", description: "The office" }];
    const cache = { name: "queue", plan: "starter", evictionPolicy: "noeviction", persistence: "snapshot" } as const;
    const site = declare({}, { projectId: "prj-1", cache: { ...cache, allow } });
    const { inputs, parent } = await engine.registered(STORE, "cache");
    assert.equal(parent, "cache");
    assert.deepEqual(inputs, {
      name: "queue",
      ownerId: "tea-1",
      region: "frankfurt",
      environmentId: "site-environment-id",
      plan: "starter",
      maxmemoryPolicy: "noeviction",
      persistenceMode: "snapshot",
      ipAllowList: [{ cidrBlock: "203.0.113.7/32", description: "The office" }],
    });
    const service = await engine.registered(SERVICE);
    const told = insideSecret(service.inputs["environmentVariables"]) as Record<string, unknown>;
    assert.equal(told["REDIS_URL"], internal);
    assert.equal(await known(pulumi.output(site.cache?.cacheId)), "cache-id");
  });

  it("lets nobody outside of Render reach a database that names no addresses", async () => {
    engine = await mockEngine({ outputs: { [DATABASE]: { internalConnectionString: "postgresql://x" } } });
    const database = { name: "data", plan: "free", version: "16", highAvailability: false, allow: [] } as const;
    declare({}, { database: { ...database, allow: [] } });
    const { inputs } = await engine.registered(DATABASE);
    assert.deepEqual(inputs["ipAllowList"], []);
    assert.ok(!("environmentId" in inputs) && !("diskSizeGB" in inputs));
  });

  for (const secretKey of ["keep", "value"] as const)
    it(`has Render make no secret key when it is to ${secretKey} one`, async () => {
      declare({ secretKey });
      assert.equal("generatedVariables" in (await engine.registered(SERVICE)).inputs, false);
    });

  it("keeps files on a disk of its name, and has as many instances as the load takes", async () => {
    declare({ disk: { path: "/app/media", sizeGB: 10 } });
    const { inputs } = await engine.registered(SERVICE);
    assert.deepEqual(inputs["disk"], { name: "site-prod", mountPath: "/app/media", sizeGB: 10 });
    engine = await mockEngine();
    declare({ autoscaling: { min: 1, max: 3, cpu: 70 } });
    const scaled = await engine.registered(SERVICE);
    assert.deepEqual(scaled.inputs["autoscaling"], { min: 1, max: 3, cpu: 70 });
  });

  it("has its domains at Render, and is told to answer to them", async () => {
    declare({ hosts: ["a.example.com"], domains: ["www.example.com", "a.example.com", "*.b.example.com"] });
    const { inputs } = await engine.registered(SERVICE);
    const variables = inputs["environmentVariables"] as Record<string, unknown>;
    assert.equal(variables["DJANGO_ALLOWED_HOSTS"], "a.example.com,www.example.com,.b.example.com");
    for (const name of ["www.example.com", "a.example.com", "*.b.example.com"]) {
      const domain = await engine.registered("render:index:CustomDomain", `site-${name}`);
      assert.equal(domain.parent, "site");
      assert.deepEqual(domain.inputs, { serviceId: "site-id", name });
    }
  });

  it("leaves what runs to a pipeline, and tells what Render says that it is", async () => {
    const live = { deployId: "dep-9", liveImage: "docker.io/acme/site:abc", liveDigest: "sha256:1" };
    engine = await mockEngine({ call: () => live });
    const site = declare({}, { imageManagement: "external", release: undefined });
    const { inputs } = await engine.registered(SERVICE);
    assert.equal(inputs["imageManagement"], "external");
    assert.deepEqual(inputs["environmentVariables"], { PORT: "8000", SENTRY_ENVIRONMENT: "production" });
    assert.equal(await known(site.deployId), "dep-9");
    const first = { repository: "acme/site", tag: "first", reference: "acme/site:first", digest: undefined };
    const image = deployedImage(first, site);
    assert.equal(image.repository, "acme/site");
    assert.deepEqual(
      await Promise.all([image.tag, image.reference, image.digest].map((value) => known(pulumi.output(value)))),
      ["abc", "docker.io/acme/site:abc", "sha256:1"],
    );
  });
});
