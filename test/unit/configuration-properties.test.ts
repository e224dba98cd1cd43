import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import fc from "fast-check";
import { parse } from "yaml";
import { outputsSchema } from "../../contract/schema.ts";
import { configurationSchema } from "../../infra/config-schema.ts";
import { loadConfiguration } from "../../infra/load-configuration.ts";
import { tokens } from "./support/configuration.ts";
import {
  acceptedConfiguration,
  type DrawnConfiguration,
  refusedConfiguration,
  type Surroundings,
} from "./support/drawn-configuration.ts";
import { insideSecret, known, mockEngine, type Registration } from "./support/mock-engine.ts";
import { openProgram, type Program } from "./support/program.ts";
import { sharedOutputs } from "./support/shared-stack.ts";

/** The same drawings in every run. */
const SEED = 20_261_124;
const DIGEST = `sha256:${"b".repeat(64)}`;
const SERVICE = { deployId: "dep-2", liveImage: "acme/site:live", liveDigest: DIGEST, url: "https://site.example" };

/** Variables without which a step of the pipeline fails. */
const FROM_THE_CONTEXT = ["RENDER_API_KEY", "RENDER_SERVICE_ID", "SENTRY_AUTH_TOKEN"];

type Inputs = Readonly<Record<string, unknown>>;

describe("drawn configurations", function () {
  this.timeout(900_000);
  let program: Program;
  let surroundings: Surroundings;
  before(async () => {
    const call = (_: unknown, token: string) => (token.startsWith("docker:") ? { sha256Digest: DIGEST } : SERVICE);
    program = await openProgram("drawn", { call });
    surroundings = { path: program.folder, ownerId: "tea-acme" };
  });
  after(() => program.close());

  it("that are valid run, with outputs that keep the contract and services that agree", async () => {
    await fc.assert(
      fc.asyncProperty(acceptedConfiguration(surroundings), async (config) => {
        const { engine, outputs } = await program.run(config);
        outputsSchema.parse(await known(output(outputs)));
        agree(config, await engine.registrations());
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it("of environments run on the shared parts of another stack", async () => {
    await fc.assert(
      fc.asyncProperty(acceptedConfiguration(surroundings), async (config) => {
        const environment = {
          "delivery:declares": "environment",
          "delivery:sharedFrom": "organization/delivery/shared",
        };
        const { engine, outputs } = await program.run({ ...config, ...environment }, sharedOutputs);
        const { repository, shared } = outputsSchema.parse(await known(output(outputs)));
        assert.deepEqual([repository, shared], [sharedOutputs.repository, undefined]);
        for (const { type } of await engine.registrations()) assert.doesNotMatch(type, /^(delivery:shared|github):/);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  it("with one mistake are refused by the key of it, before anything is declared", async () => {
    await fc.assert(
      fc.asyncProperty(refusedConfiguration(surroundings), async ({ config, key }) => {
        const { message, registrations } = await program.refuse(config);
        assert.match(message, /^The configuration of stack "drawn" has /);
        assert.ok(message.includes(`\n  ${key} `), `${key} is not named in\n${message}`);
        assert.deepEqual(registrations, []);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it("with any value at any key are accepted, or refused by a key and with a command that mends it", async () => {
    const keys = Object.entries(configurationSchema.shape).flatMap(([name]) => [
      name,
      `${name}.name`,
      `${name}.secrets`,
    ]);
    const wild = fc.record({ key: fc.constantFrom(...keys), value: fc.jsonValue({ maxDepth: 3 }) });
    await fc.assert(
      fc.asyncProperty(acceptedConfiguration(surroundings), wild, async (valid, { key, value }) => {
        const [name = "", inner] = key.split(".");
        const whole = valid[`delivery:${name}`];
        const replaced = inner && typeof whole === "object" ? { ...whole, [inner]: value } : value;
        await mockEngine({ stack: "drawn", config: { ...valid, [`delivery:${name}`]: JSON.stringify(replaced) } });
        try {
          loadConfiguration(tokens);
        } catch (error) {
          const [, ...problems] = (error as Error).message.trimEnd().split(/\n(?= {2}\S)/);
          assert.notEqual(problems.length, 0, String(error));
          for (const problem of problems) assert.match(problem, /^ {2}(delivery:|github:owner)\S* .+\n {6}\S/s);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

/** What has to hold between the services, read from what was registered. */
function agree(config: DrawnConfiguration, registrations: readonly Registration[]): void {
  const of = (type: string): Inputs[] => registrations.filter((one) => one.type === type).map(({ inputs }) => inputs);
  const [ruleset] = of("github:index/repositoryRuleset:RepositoryRuleset");
  const pipelineFile = of("github:index/repositoryFile:RepositoryFile").find(({ file }) => file !== "Dockerfile");
  const [service] = of("render:index:WebService");
  const [image] = of("docker-build:index:Image");

  if (ruleset && pipelineFile) {
    const { jobs } = parse(pipelineFile["content"] as string) as { jobs: object };
    const required = (ruleset["rules"] as { requiredStatusChecks?: { requiredChecks: { context: string }[] } })
      .requiredStatusChecks?.requiredChecks;
    for (const { context } of required ?? assert.fail("no check is required"))
      assert.ok(context.replace("ci/circleci: ", "") in jobs, `${context} has no job`);
  }
  if (pipelineFile && of("circleci:index:Context").length > 0) {
    const used = [...(pipelineFile["content"] as string).matchAll(/\$\{?([A-Z_]+)/g)].map(([, name]) => name ?? "");
    const given = of("circleci:index:ContextVariable").map(({ name }) => name);
    for (const name of FROM_THE_CONTEXT.filter((one) => used.includes(one)))
      assert.ok(given.includes(name), `${name} is used and is in no context`);
  }
  if (!service) return;
  const given = service["environmentVariables"];
  // A map with one secret value in it is secret as a whole.
  const hasSecrets = Object.keys(config["delivery:secretVariables"] as Inputs).length > 0;
  const environment = (hasSecrets ? insideSecret(given) : given) as Inputs;
  const { secretKey = "generate" } = config["delivery:site"] as { secretKey?: string };
  assert.equal(environment["PORT"], "8000");
  assert.equal("SENTRY_DSN" in environment, of("sentry:index/sentryKey:SentryKey").length === 1);
  assert.deepEqual(service["generatedVariables"], secretKey === "generate" ? ["DJANGO_SECRET_KEY"] : undefined);
  assert.equal("registryCredentialId" in service, of("render:index:RegistryCredential").length === 1);
  if (image) assert.deepEqual(image["tags"], [service["image"]]);
}
