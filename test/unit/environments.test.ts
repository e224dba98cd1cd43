import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { outputsSchema } from "../../contract/schema.ts";
import { tokens, validConfig } from "./support/configuration.ts";
import { known } from "./support/mock-engine.ts";
import { openProgram, type Program } from "./support/program.ts";
import { environmentConfig, sharedOutputs } from "./support/shared-stack.ts";

describe("a stack of shared parts", () => {
  let program: Program;
  before(async () => {
    program = await openProgram("unit-shared");
  });
  after(() => program?.close());

  it("offers what environments are built on, and no environment", async () => {
    const { outputs } = await program.run({ ...validConfig(program.folder), "delivery:declares": "shared" });
    const { shared, site, image, errors, pipeline } = outputsSchema.parse(await known(pulumi.output(outputs)));
    assert.deepEqual(shared, {
      pipeline: { organization: "gh/acme", projectId: "00000000-0000-4000-8000-000000000001" },
      errors: { organization: "acme", project: "site" },
      hosting: { ownerId: "tea-acme", projectId: "hosting-project-id", credentialId: "hosting-credential-id" },
    });
    assert.deepEqual({ site, image, errors }, { site: undefined, image: undefined, errors: undefined });
    assert.deepEqual(pipeline, { slug: "gh/acme/site" });
  });

  it("has a pipeline without a context, unless it names one", async () => {
    const fileOf = async (pipeline: object): Promise<string> => {
      const config = { ...validConfig(program.folder), "delivery:declares": "shared", "delivery:pipeline": pipeline };
      const { engine } = await program.run(config);
      const file = await engine.registered("github:index/repositoryFile:RepositoryFile", "repository-pipeline-file");
      return file.inputs["content"] as string;
    };
    assert.doesNotMatch(await fileOf({ organization: "gh/acme" }), /site-unit-shared/);
    assert.match(await fileOf({ organization: "gh/acme", context: "site-production" }), /site-production/);
  });
});

describe("a stack of one environment", () => {
  let program: Program;
  before(async () => {
    program = await openProgram("review-1");
  });
  after(() => program?.close());

  it("is built on the parts that the other stack declares, and declares none of them", async () => {
    const { engine, outputs } = await program.run(environmentConfig(program.folder), sharedOutputs);
    const place = await engine.registered("render:index:Environment");
    assert.deepEqual(place.inputs, { name: "review-1", projectId: "prj-1" });
    const { inputs: service } = await engine.registered("render:index:WebService");
    assert.deepEqual(
      [service["name"], service["ownerId"], service["registryCredentialId"]],
      ["site-review-1", "tea-acme", "rgc-1"],
    );
    const { inputs: key } = await engine.registered("sentry:index/sentryKey:SentryKey");
    assert.deepEqual([key["organization"], key["project"], key["name"]], ["acme", "site", "review-1"]);
    const { inputs: context } = await engine.registered("circleci:index:Context");
    assert.deepEqual([context["name"], context["organization"]], ["site-review-1", "gh/acme"]);
    const { inputs: restriction } = await engine.registered("circleci:index:ContextRestriction");
    assert.equal(restriction["value"], sharedOutputs.shared.pipeline.projectId);

    const values = outputsSchema.parse(await known(pulumi.output(outputs)));
    assert.deepEqual(values.repository, sharedOutputs.repository);
    assert.deepEqual(values.pipeline, { slug: "gh/acme/site", context: "site-review-1" });
    assert.equal(values.errors?.project, "site");
    assert.equal(values.shared, undefined);
  });

  it("needs no token of GitHub, whose parts are elsewhere", async () => {
    delete process.env["GITHUB_TOKEN"];
    try {
      await program.run(environmentConfig(program.folder), sharedOutputs);
    } finally {
      process.env["GITHUB_TOKEN"] = tokens.GITHUB_TOKEN;
    }
  });

  it("leaves a part out that it turns off, or that the other stack has not", async () => {
    const off = { ...environmentConfig(program.folder), "delivery:errors": "off" };
    const { pipeline: _, ...rest } = sharedOutputs.shared;
    const { engine } = await program.run(off, { ...sharedOutputs, shared: rest });
    const types = (await engine.registrations()).map(({ type }) => type);
    assert.ok(types.includes("render:index:WebService"));
    assert.deepEqual(
      types.filter((type) => /sentry|circleci/.test(type)),
      [],
    );
  });

  const refusals = {
    "names no other stack": {
      change: { "delivery:sharedFrom": undefined },
      message: /delivery:sharedFrom is missing: the stack to build on\n.*organization\/delivery\/prod/,
    },
    "names a stack in an incomplete way": {
      change: { "delivery:sharedFrom": "prod" },
      message: /delivery:sharedFrom is not the full name of a stack/,
    },
    "names another stack without being an environment": {
      change: { "delivery:declares": "all" },
      message: /delivery:sharedFrom is for a stack that declares `environment`\n.*config rm/,
    },
  };
  for (const [what, { change, message }] of Object.entries(refusals))
    it(`is refused when it ${what}`, async () => {
      const refusal = await program.refuse({ ...environmentConfig(program.folder), ...change }, sharedOutputs);
      assert.match(refusal.message, message);
      assert.deepEqual(refusal.registrations, []);
    });

  it("is refused when its image needs a login that Render has not got from the shared parts", async () => {
    const { credentialId: _, ...hosting } = sharedOutputs.shared.hosting;
    const shared = { ...sharedOutputs, shared: { ...sharedOutputs.shared, hosting } };
    const { message, registrations } = await program.refuse(environmentConfig(program.folder), shared);
    assert.match(
      message,
      /delivery:image\.username is given, but the shared parts hold no login .*\n +give it in the stack of/,
    );
    assert.deepEqual(
      registrations.filter(({ type }) => type !== "pulumi:pulumi:StackReference"),
      [],
    );
  });

  it("is refused on a stack that is an environment itself, or empty", async () => {
    const { shared: _, ...environment } = sharedOutputs;
    const config = environmentConfig(program.folder);
    const { message } = await program.refuse(config, environment);
    assert.match(message, /organization\/delivery\/shared declares no shared part to build an environment on/);
    assert.match((await program.refuse(config, {})).message, /organization\/delivery\/shared has no outputs/);
  });
});
