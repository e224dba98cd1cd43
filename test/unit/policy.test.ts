import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { inProject } from "../../lib/project-folder.ts";
import { CI_PROJECT, WEB_SERVICE } from "../../policy/kit/resource-types.ts";
import type { Settings, StackSubject } from "../../policy/kit/rule.ts";
import { rules } from "../../policy/rules/index.ts";
import { pullRequestReviews } from "../../policy/rules/pull-request-reviews.ts";
import { requiredChecks } from "../../policy/rules/required-checks.ts";
import type { PropertyTree } from "../../providers/kit/values.ts";
import { validConfig } from "./support/configuration.ts";
import { allFindings, subjectsOf } from "./support/policy-subjects.ts";
import { openProgram, type Program } from "./support/program.ts";

/** A stack in which exactly one rule is broken, by a key of its configuration or in stacks/transforms.ts. */
interface Breach {
  readonly rule: string;
  readonly by: string;
  /** Settings by part, e.g. `site`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Properties of one resource that a transform changes. */
  readonly transform?: { readonly type: string; readonly properties: PropertyTree };
  /** Settings of the rule. */
  readonly settings?: Settings;
  readonly finds: readonly RegExp[];
}

const TOKEN = `ghp_${"0a".repeat(18)}`;
const PASSWORD = "correct-horse";
const DATABASE = { plan: "basic_1gb", version: "17" };
const CACHE = { plan: "starter" };

const BREACHES: readonly Breach[] = [
  {
    rule: "immutable-image-tag",
    by: "a site that starts from `latest`",
    config: { image: { delivery: "continuous", tag: "latest" } },
    finds: [/^WebService site runs acme\/site:latest: /],
  },
  {
    rule: "protected-data",
    by: "protect: false",
    config: { protect: "false", database: DATABASE, cache: CACHE },
    finds: [
      /^Repository repository is not protected/,
      /^SentryProject errors-project /,
      /^SentryKey errors-key /,
      /^WebService /,
      /^Postgres database is not protected/,
      /^KeyValue cache is not protected/,
    ],
  },
  {
    rule: "pull-request-reviews",
    by: "no approval",
    config: { repository: { ruleset: { reviews: 0 } } },
    finds: [/^The default branch of Repository repository needs no approval/],
  },
  {
    rule: "required-checks",
    by: "a pipeline of the team's own",
    config: { repository: { pipelineFile: "off" } },
    finds: [/^The default branch of Repository repository requires no check/],
  },
  {
    rule: "health-check",
    by: "a transform",
    transform: { type: WEB_SERVICE, properties: { healthCheckPath: "" } },
    finds: [/^WebService site has no health check path/],
  },
  {
    rule: "no-plain-credential",
    by: "a token and a URL with a password among the site's variables",
    config: { site: { variables: { BOT: TOKEN, QUEUE_URL: `amqp://site:${PASSWORD}@queue/site` } } },
    finds: [/^environmentVariables\.BOT of WebService site holds a GitHub token\.$/, /QUEUE_URL .* a URL with a pass/],
  },
  {
    rule: "no-plain-secret",
    by: "a password among the site's variables",
    config: { site: { variables: { DB_PASSWORD: PASSWORD } } },
    finds: [/^environmentVariables\.DB_PASSWORD of WebService site is not secret\.$/],
  },
  {
    rule: "forks-get-no-secrets",
    by: "a transform",
    transform: { type: CI_PROJECT, properties: { settings: { forksReceiveSecretEnvVars: true, buildForkPrs: true } } },
    finds: [/^Project pipeline gives its secrets to forks when it builds/],
  },
  {
    rule: "forks-get-no-secrets",
    by: "a transform, while no fork is built",
    transform: { type: CI_PROJECT, properties: { settings: { forksReceiveSecretEnvVars: true, buildForkPrs: false } } },
    finds: [/^Project pipeline gives its secrets to forks as soon as/],
  },
  {
    rule: "ci-reports-status",
    by: "a transform",
    transform: { type: CI_PROJECT, properties: { settings: { setGithubStatus: false } } },
    finds: [/^Project pipeline does not report/],
  },
  {
    rule: "restricted-context",
    by: "restrictContext: false",
    config: { pipeline: { restrictContext: false } },
    finds: [/^Context context is open to every project/],
  },
  {
    rule: "public-visibility",
    by: "a public repository",
    config: { repository: { visibility: "public" } },
    finds: [/^Repository repository is public/],
  },
  {
    rule: "public-visibility",
    by: "public builds",
    transform: { type: CI_PROJECT, properties: { settings: { oss: true } } },
    finds: [/^Project pipeline shows its builds/],
  },
  {
    rule: "closed-database",
    by: "an address that is every address",
    config: { database: { ...DATABASE, allow: ["203.0.113.7/32", "0.0.0.0/0", "::/0"] } },
    finds: [/^Postgres database is open to 0\.0\.0\.0\/0\.$/, /is open to ::\/0\.$/],
  },
  {
    rule: "closed-database",
    by: "a cache that every address reaches",
    config: { cache: { ...CACHE, allow: ["0.0.0.0/1"] } },
    finds: [/^KeyValue cache is open to 0\.0\.0\.0\/1\.$/],
  },
  {
    rule: "database-standby",
    by: "a database that the team wants to have one",
    config: { database: DATABASE },
    settings: { databases: ["site-unit-policy"] },
    finds: [/^Postgres database has no standby\.$/],
  },
  {
    rule: "allowed-plan",
    by: "the largest plan",
    config: { site: { plan: "pro_ultra" } },
    finds: [/^WebService site has the plan pro_ultra; allowed are free, /],
  },
  {
    rule: "allowed-region",
    by: "a region that Render opened yesterday",
    transform: { type: WEB_SERVICE, properties: { region: "mumbai" } },
    finds: [/^WebService site is in mumbai; allowed are frankfurt, /],
  },
];

describe("the policy pack's rules", () => {
  let program: Program;
  before(async () => {
    program = await openProgram("unit-policy");
  });
  after(() => program?.close());

  const subjects = async (config: Record<string, unknown>): Promise<StackSubject[]> =>
    subjectsOf(await (await program.run(config)).engine.registrations());
  const production = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => {
    const config: Record<string, unknown> = { ...validConfig(program.folder), "delivery:production": "true" };
    for (const [part, change] of Object.entries(changes)) {
      const whole = config[`delivery:${part}`];
      config[`delivery:${part}`] = typeof change === "object" ? { ...(whole as object), ...change } : change;
    }
    return config;
  };

  it("find nothing in a production stack", async () => {
    assert.deepEqual(allFindings(await subjects(production())), []);
    assert.deepEqual(allFindings(await subjects(production({ database: DATABASE, cache: CACHE }))), []);
  });

  it("find nothing in the example of a production stack", async () => {
    const { config } = parse(readFileSync(inProject("Pulumi.prod.yaml"), "utf8")) as {
      config: Record<string, unknown>;
    };
    const application = { ...(config["delivery:application"] as object), path: program.folder };
    const image = { ...(config["delivery:image"] as object), password: PASSWORD };
    const all = { ...config, "delivery:application": application, "delivery:image": image };
    assert.deepEqual(allFindings(await subjects(all)), []);
  });

  for (const { rule, by, config, transform, settings, finds } of BREACHES)
    it(`${rule} finds ${by}, and no other rule finds a thing`, async () => {
      const resources = (await subjects(production(config))).map((resource) =>
        resource.type === transform?.type
          ? { ...resource, properties: { ...resource.properties, ...transform.properties } }
          : resource,
      );
      const found = allFindings(resources, { [rule]: settings ?? {} });
      assert.deepEqual([...new Set(found.map((one) => one.rule))], [rule]);
      assert.equal(found.length, finds.length, JSON.stringify(found));
      for (const pattern of finds)
        assert.ok(
          found.some(({ problem }) => pattern.test(problem)),
          String(pattern),
        );
      for (const { problem } of found) assert.ok(!problem.includes(TOKEN) && !problem.includes(PASSWORD), problem);
    });

  it("each have a stack that breaks them", () => {
    assert.deepEqual(
      [...new Set(BREACHES.map(({ rule }) => rule))],
      rules.map(({ name }) => name),
    );
  });

  it("find a missing ruleset once for the reviews and once for the checks, and say how to get one", async () => {
    const resources = await subjects(production({ repository: { ruleset: "off" } }));
    for (const rule of [pullRequestReviews, requiredChecks])
      for (const { mend } of rule.checkStack(resources, {})) assert.match(mend ?? "", /config rm .*ruleset'/);
    const found = allFindings(resources);
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ["pull-request-reviews", "required-checks"],
    );
    for (const { problem } of found) assert.match(problem, /has no ruleset/);
  });

  it("have nothing to say of a part that is off, but that nothing is checked without a pipeline", async () => {
    for (const part of ["repository", "errors", "site"])
      assert.deepEqual(allFindings(await subjects(production({ [part]: "off" }))), [], part);
    const unchecked = allFindings(await subjects(production({ pipeline: "off" })));
    assert.deepEqual(
      unchecked.map(({ rule }) => rule),
      ["required-checks"],
    );
  });
});
