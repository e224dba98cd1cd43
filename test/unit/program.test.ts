import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { outputsSchema } from "../../infra/outputs.ts";
import { inProject } from "../../infra/paths.ts";
import { makeFolder, removeFolder, tokens, validConfig } from "./support/configuration.ts";
import { known, type MockEngine, mockEngine, type Registration } from "./support/mock-engine.ts";

const STACK = "unit-program";

/** What the services add, so that the outputs are those of a chain that is up. */
const OUTPUTS = {
  "github:index/repository:Repository": { htmlUrl: "https://github.example/acme/site", fullName: "acme/site" },
  "sentry:index/sentryKey:SentryKey": { dsnPublic: "https://key@sentry.example/1" },
  "docker-build:index:Image": { digest: `sha256:${"a".repeat(64)}` },
  "render:index:WebService": { url: "https://site.example", deployId: "dep-1" },
};

let runs = 0;

/** Runs the program as it is, against the mock engine. */
async function runProgram(config: Record<string, unknown>): Promise<{ engine: MockEngine; outputs: unknown }> {
  const engine = await mockEngine({ stack: STACK, config, outputs: OUTPUTS });
  runs += 1;
  const program = await import(`../../stacks/index.ts?run=${runs}`);
  await engine.registrations();
  return { engine, outputs: program.default };
}

describe("program", () => {
  let folder: string;
  const environment = { ...process.env };
  before(async () => {
    folder = await makeFolder({ "manage.py": "print()" });
    Object.assign(process.env, tokens);
  });
  after(async () => {
    for (const name of Object.keys(tokens)) delete process.env[name];
    Object.assign(process.env, environment);
    await removeFolder(folder);
    await removeFolder(inProject(`.delivery/${STACK}`));
  });

  describe("of a whole chain", () => {
    let registrations: Registration[];
    let outputs: unknown;
    before(async () => {
      const run = await runProgram({ ...validConfig(folder), "delivery:production": "true" });
      registrations = await run.engine.registrations();
      outputs = run.outputs;
    });
    const find = (name: string, type: string): Registration => {
      const found = registrations.find((one) => one.name === name && one.type.endsWith(`:${type}`));
      assert.ok(found, `${type} ${name}`);
      return found;
    };

    it("declares these resources, under these names", () => {
      const lines = registrations.map(({ type, name, parent }) => `${parent ? `${parent} > ` : ""}${type} ${name}`);
      assert.deepEqual(lines.sort(), [
        "context > circleci:index:Context context",
        "context > circleci:index:ContextVariable context-SENTRY_DSN",
        "context > circleci:index:ContextVariable context-SENTRY_ENVIRONMENT",
        "delivery:environment:AppImage image",
        "delivery:environment:CiContext context",
        "delivery:environment:ErrorKey errors-key",
        "delivery:environment:Site site",
        "delivery:shared:CiProject pipeline",
        "delivery:shared:ErrorProject errors",
        "delivery:shared:HostingProject hosting",
        "delivery:shared:SourceRepository repository",
        "errors > sentry:index/sentryProject:SentryProject errors-project",
        "errors > sentry:index/sentryTeam:SentryTeam errors-team",
        "errors-key > sentry:index/sentryKey:SentryKey errors-key",
        "hosting > render:index:RegistryCredential hosting-credential",
        "image > docker-build:index:Image image",
        "pipeline > circleci:index:Project pipeline",
        "repository > github:index/repository:Repository repository",
        "repository > github:index/repositoryFile:RepositoryFile repository-dockerfile",
        "repository > github:index/repositoryFile:RepositoryFile repository-pipeline-file",
        "repository > github:index/repositoryRuleset:RepositoryRuleset repository-ruleset",
        "site > render:index:WebService site",
      ]);
    });

    it("joins them: the site runs the image, with the key's DSN and the image's tag as release", () => {
      const service = find("site", "WebService");
      const [reference] = find("image", "Image").inputs["tags"] as string[];
      assert.equal(service.inputs["image"], reference);
      const variables = service.inputs["environmentVariables"] as Record<string, string>;
      assert.equal(variables["SENTRY_DSN"], "https://key@sentry.example/1");
      assert.equal(variables["SENTRY_RELEASE"], reference?.split(":").at(-1));
      assert.equal(variables["SENTRY_ENVIRONMENT"], STACK);
      assert.equal(service.inputs["registryCredentialId"], "hosting-credential-id");
    });

    it("deploys after the push, and has CircleCI follow a repository that holds its pipeline", () => {
      assert.ok(find("site", "Site").dependsOn.includes("image"));
      assert.ok(find("pipeline", "CiProject").dependsOn.includes("repository-pipeline-file"));
    });

    it("requires the checks of the pipeline that it writes", () => {
      const file = parse(find("repository-pipeline-file", "RepositoryFile").inputs["content"] as string);
      const rules = find("repository-ruleset", "RepositoryRuleset").inputs["rules"] as {
        requiredStatusChecks: { requiredChecks: { context: string }[] };
      };
      assert.deepEqual(
        rules.requiredStatusChecks.requiredChecks.map(({ context }) => context),
        Object.keys(file.jobs).map((job) => `ci/circleci: ${job}`),
      );
    });

    it("protects everything in production but what changes with the pipeline, and retains what holds data", () => {
      const kept = registrations.filter(({ protect }) => protect).map(({ type }) => type.split(":").at(-1));
      for (const type of ["Repository", "SentryProject", "SentryKey", "WebService"])
        assert.ok(kept.includes(type), type);
      for (const name of ["SourceRepository", "ErrorProject", "ErrorKey", "Site"])
        assert.ok(registrations.find(({ type }) => type.endsWith(`:${name}`))?.retainOnDelete, name);
    });

    it("hands out outputs that keep the contract", async () => {
      const values = outputsSchema.parse(await known(pulumi.output(outputs)));
      assert.deepEqual(values.repository, { url: "https://github.example/acme/site", fullName: "acme/site" });
      assert.deepEqual(values.pipeline, { slug: "gh/acme/site", context: `site-${STACK}` });
      assert.equal(values.image?.reference, `${values.image?.repository}:${values.image?.tag}`);
      assert.deepEqual(values.errors, { project: "site", dsn: "https://key@sentry.example/1" });
      assert.deepEqual(values.site, { id: "site-id", url: "https://site.example", deployId: "dep-1" });
    });

    it("hands out no secret", async () => {
      assert.equal(await pulumi.isSecret(pulumi.output(outputs)), false);
    });
  });

  const parts = {
    repository: ["github:"],
    pipeline: ["circleci:"],
    errors: ["sentry:"],
    site: ["render:"],
  };
  for (const [part, types] of Object.entries(parts))
    it(`declares nothing of ${part} when it is off, and leaves it out of the outputs`, async () => {
      const { engine, outputs } = await runProgram({ ...validConfig(folder), [`delivery:${part}`]: "off" });
      const registrations = await engine.registrations();
      assert.ok(registrations.length > 5);
      assert.deepEqual(
        registrations.filter(({ type }) => types.some((prefix) => type.startsWith(prefix))),
        [],
      );
      const values = outputsSchema.parse(await known(pulumi.output(outputs)));
      assert.equal(part in values, false);
    });

  it("declares nothing at all when the configuration is refused", async () => {
    const engine = await mockEngine({ stack: STACK, config: { ...validConfig(folder), "delivery:site": {} } });
    runs += 1;
    await assert.rejects(import(`../../stacks/index.ts?run=${runs}`), (error) => pulumi.RunError.isInstance(error));
    assert.deepEqual(await engine.registrations(), []);
  });

  for (const stack of ["prod", "sandbox"])
    it(`accepts Pulumi.${stack}.yaml, once its password and paths are there`, async () => {
      const { config } = parse(await readFile(inProject(`Pulumi.${stack}.yaml`), "utf8"));
      config["delivery:application"].path = folder;
      config["delivery:image"].password ??= "registry-password";
      const { outputs } = await runProgram(config);
      assert.equal(outputsSchema.parse(await known(pulumi.output(outputs))).application, "site");
    });
});
