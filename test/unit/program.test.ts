import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { outputsSchema } from "../../contract/schema.ts";
import { inProject } from "../../lib/project-folder.ts";
import { validConfig } from "./support/configuration.ts";
import { insideSecret, known, type Registration } from "./support/mock-engine.ts";
import { openProgram, type Program } from "./support/program.ts";

const STACK = "unit-program";

describe("program", () => {
  let program: Program;
  let folder: string;
  before(async () => {
    program = await openProgram(STACK);
    folder = program.folder;
  });
  after(() => program?.close());

  describe("of a whole chain", () => {
    let registrations: Registration[];
    let outputs: unknown;
    before(async () => {
      const run = await program.run({
        ...validConfig(folder),
        "delivery:production": "true",
        "delivery:database": { plan: "basic_1gb", version: "17" },
        "delivery:cache": { plan: "starter" },
      });
      registrations = await run.engine.registrations();
      outputs = run.outputs;
    });
    const find = (name: string, type: string): Registration => {
      const found = registrations.find((one) => one.name === name && one.type.endsWith(`:${type}`));
      assert.ok(found, `${type} ${name}`);
      return found;
    };

    it("joins them: the site runs the image, with the key's DSN and the image's tag as release", () => {
      const service = find("site", "WebService");
      const [reference] = find("image", "Image").inputs["tags"] as string[];
      assert.equal(service.inputs["image"], reference);
      const variables = insideSecret(service.inputs["environmentVariables"]) as Record<string, string>;
      assert.match(variables["DATABASE_URL"] ?? "", /^postgresql:.*@dpg-1-a\/site$/);
      assert.match(variables["REDIS_URL"] ?? "", /^redis:.*@red-1:6379$/);
      assert.equal(service.inputs["preDeployCommand"], "python manage.py migrate --noinput");
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
      for (const type of ["Repository", "SentryProject", "SentryKey", "WebService", "Postgres", "KeyValue"])
        assert.ok(kept.includes(type), type);
      for (const type of ["CiContext", "Context", "ContextVariable"]) assert.ok(!kept.includes(type), type);
      for (const name of ["SourceRepository", "ErrorProject", "ErrorKey", "Site"])
        assert.ok(registrations.find(({ type }) => type.endsWith(`:${name}`))?.retainOnDelete, name);
    });

    it("hands out outputs that keep the contract", async () => {
      const values = outputsSchema.parse(await known(pulumi.output(outputs)));
      assert.deepEqual(values.repository, { url: "https://github.example/acme/site", fullName: "acme/site" });
      assert.deepEqual(values.pipeline, { slug: "gh/acme/site", context: `site-${STACK}` });
      assert.equal(values.image?.reference, `${values.image?.repository}:${values.image?.tag}`);
      assert.deepEqual(values.errors, { project: "site", dsn: "https://key@sentry.example/1" });
      assert.deepEqual(values.database, { id: "database-id", name: `site-${STACK}` });
      assert.deepEqual(values.cache, { id: "cache-id", name: `site-${STACK}` });
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
      const { engine, outputs } = await program.run({ ...validConfig(folder), [`delivery:${part}`]: "off" });
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
    const { message, registrations } = await program.refuse({ ...validConfig(folder), "delivery:site": {} });
    assert.match(message, /delivery:site.ownerId is missing/);
    assert.deepEqual(registrations, []);
  });

  for (const stack of ["prod", "sandbox"])
    it(`accepts Pulumi.${stack}.yaml, once its password and paths are there`, async () => {
      const { config } = parse(await readFile(inProject(`Pulumi.${stack}.yaml`), "utf8"));
      config["delivery:application"].path = folder;
      config["delivery:image"].password ??= "registry-password";
      // The sandbox has a Render of its own, which takes its registry.
      if (stack === "sandbox") process.env["RENDER_BASE_URL"] = "http://127.0.0.1:1";
      try {
        const { outputs } = await program.run(config);
        assert.equal(outputsSchema.parse(await known(pulumi.output(outputs))).application, "site");
      } finally {
        delete process.env["RENDER_BASE_URL"];
      }
    });
});
