import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { reportOf } from "../../cli/report/index.ts";
import { type MadeStep, previewOf, SECRET, UNKNOWN } from "./support/engine-events.ts";

/** What a report says of one step. */
function meanings(step: MadeStep): readonly string[] {
  const { changes } = reportOf(previewOf(step), { operation: "preview", stack: "prod" });
  return changes.flatMap((service) => service.changes).flatMap((change) => change.meanings);
}

/** What it says of one property that changes. */
function meaning(type: string, path: string, before: unknown, after: unknown): string | undefined {
  const nested = (value: unknown): Record<string, unknown> =>
    path
      .split(".")
      .reduceRight<unknown>((inner, name) => (inner === undefined ? undefined : { [name]: inner }), value) as Record<
      string,
      unknown
    >;
  const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
  const [old, made] = [nested(before) ?? {}, nested(after) ?? {}];
  return meanings({ op: "update", type, old: { inputs: old }, new: { inputs: made }, differs: { [path]: kind } })[0];
}

const GITHUB = "github:index/";
const RULESET = `${GITHUB}repositoryRuleset:RepositoryRuleset`;
const REPOSITORY = `${GITHUB}repository:Repository`;
const SITE = "render:index:WebService";
const DATABASE = "render:index:Postgres";
const STORE = "render:index:KeyValue";
const from = (...blocks: string[]) => blocks.map((cidrBlock) => ({ cidrBlock, description: "x" }));
const CHECKS = "rules.requiredStatusChecks.requiredChecks";
const check = (context: string): object => ({ context });

/** Type, property, before, after, and what it means. */
const TABLE: readonly (readonly [string, string, unknown, unknown, string])[] = [
  [STORE, "plan", "free", "starter", "raises the key value store's plan from free to starter: what is in it is lost"],
  [STORE, "plan", "starter", "pro", "raises the key value store's plan from starter to pro: it restarts"],
  [STORE, "persistenceMode", "snapshot", "off", "changes how it is kept on disk to off: what is in it is lost"],
  [STORE, "persistenceMode", "journal_snapshot", "snapshot", "changes how it is kept on disk to snapshot: it restarts"],
  [STORE, "maxmemoryPolicy", "allkeys_lru", "noeviction", "changes what it does when it is full to noeviction"],
  [STORE, "ipAllowList", from(), from("0.0.0.0/0"), "loosens network: 0.0.0.0/0 can reach the key value store"],
  [STORE, "region", "ohio", "oregon", "moves the key value store to oregon: what is in it is lost"],
  [RULESET, "rules.pullRequest.requiredApprovingReviewCount", 1, 2, "tightens reviews: 2 approvals instead of 1"],
  [RULESET, "rules.pullRequest.requiredApprovingReviewCount", 2, 1, "loosens reviews: 1 approval instead of 2"],
  [RULESET, "rules.pullRequest.requireCodeOwnerReview", true, false, "loosens reviews: no code owner has to approve"],
  [RULESET, CHECKS, [check("a")], [check("b"), check("a")], "tightens checks: b must pass"],
  [RULESET, CHECKS, [check("a"), check("b")], [check("a")], "loosens checks: b need not pass"],
  [
    RULESET,
    "bypassActors",
    [],
    [{ actorType: "RepositoryRole", actorId: 5 }],
    "loosens rules: RepositoryRole 5 may pass them",
  ],
  [RULESET, "enforcement", "active", "disabled", "loosens rules: they are set to disabled"],
  [REPOSITORY, "visibility", "private", "public", "makes the repository thing public"],
  [REPOSITORY, "name", "site", "shop", "renames the repository to shop"],
  [REPOSITORY, "allowMergeCommit", false, true, "allows merge commits"],
  [
    REPOSITORY,
    "securityAndAnalysis.secretScanning.status",
    "enabled",
    "disabled",
    "loosens security: secret scanning off",
  ],
  [`${GITHUB}repositoryFile:RepositoryFile`, "content", "a\n", "b\n", "changes the file thing"],
  [
    "circleci:index:Project",
    "settings.forksReceiveSecretEnvVars",
    false,
    true,
    "loosens secrets: builds of forks get them",
  ],
  ["circleci:index:Project", "settings.setGithubStatus", false, true, "tightens checks: CircleCI reports to GitHub"],
  ["circleci:index:ContextVariable", "value", SECRET, SECRET, "rotates the context variable thing"],
  [
    "docker-build:index:Image",
    "tags",
    ["acme/site:content-0123456789abcdef"],
    ["acme/site:content-fedcba9876543210"],
    "builds image fedcba98",
  ],
  [
    "sentry:index/sentryProject:SentryProject",
    "slug",
    "site",
    "shop",
    "renames the Sentry project to shop: its links change",
  ],
  ["sentry:index/sentryKey:SentryKey", "rateLimitCount", undefined, 100, "sets the limit of errors to 100"],
  ["sentry:index/sentryKey:SentryKey", "project", "site", UNKNOWN, "follows the Sentry project with its key"],
  [SITE, "image", "acme/site:1", "acme/site:2", "deploys image 2 on prod"],
  [SITE, "image", "acme/site:1", "localhost:5000/acme/site:content-0123456789abcdef", "deploys image 01234567 on prod"],
  [SITE, "plan", "starter", "pro", "raises the site's plan from starter to pro"],
  [SITE, "plan", "pro", "starter", "lowers the site's plan from pro to starter"],
  [SITE, "plan", "pro", "new-plan", "changes the site's plan from pro to new-plan"],
  [SITE, "numInstances", 3, undefined, "scales to 1 instance instead of 3"],
  [SITE, "healthCheckPath", "/healthz/", undefined, "loosens deploys: no health check"],
  [SITE, "environmentVariables.DEBUG", "1", undefined, "removes the variable DEBUG"],
  [SITE, "environmentVariables.SENTRY_DSN", "a", UNKNOWN, "sets the variable SENTRY_DSN anew"],
  [
    SITE,
    "customDomains",
    ["a.example", "b.example"],
    ["a.example"],
    "removes the host b.example: the site answers there no longer",
  ],
  [SITE, "imageManagement", "declared", "external", "leaves deploys to CircleCI"],
  [
    "render:index:RegistryCredential",
    "authToken",
    SECRET,
    SECRET,
    "rotates the token with which Render pulls the image",
  ],
  [
    "render:index:Environment",
    "protectedStatus",
    "unprotected",
    "protected",
    "tightens Render: only admins may change the environment",
  ],
  [DATABASE, "plan", "basic_1gb", "pro_4gb", "raises the database's plan from basic_1gb to pro_4gb"],
  [DATABASE, "plan", "pro_4gb", "basic_1gb", "lowers the database's plan from pro_4gb to basic_1gb"],
  [DATABASE, "plan", "standard", "basic_1gb", "changes the database's plan from standard to basic_1gb"],
  [DATABASE, "diskSizeGB", 5, 10, "changes the database's disk to 10 GB"],
  [DATABASE, "highAvailability", true, false, "removes the standby of the database"],
  [
    DATABASE,
    "ipAllowList",
    from("10.0.0.0/8"),
    from("0.0.0.0/0", "10.0.0.0/8"),
    "loosens network: 0.0.0.0/0 can reach the database",
  ],
  [DATABASE, "ipAllowList", from("10.0.0.0/8"), [], "tightens network: 10.0.0.0/8 can reach the database no more"],
  [DATABASE, "parameterOverrides.work_mem", "4MB", "8MB", "changes the database's parameter work_mem"],
  ["aws:s3/bucket:Bucket", "versioning.enabled", true, false, "changes versioning.enabled of the bucket thing"],
];

describe("what a change means", () => {
  for (const [type, path, before, after, expected] of TABLE)
    it(expected, () => assert.equal(meaning(type, path, before, after), expected));

  it("says what comes and goes in the words of its kind", () => {
    const named = { inputs: { name: "site" } };
    assert.deepEqual(meanings({ op: "create", type: "render:index:Project", new: named }), [
      "creates the Render project site",
    ]);
    assert.deepEqual(meanings({ op: "delete", type: RULESET, old: named }), ["loosens rules: the ruleset site ends"]);
    assert.deepEqual(meanings({ op: "create", type: "circleci:index:ContextRestriction", new: { inputs: {} } }), [
      "tightens secrets: fewer jobs get the context's variables",
    ]);
    assert.deepEqual(meanings({ op: "delete", type: SITE, old: { ...named, retainOnDelete: true } }), [
      "forgets the web service site, which goes on existing",
    ]);
  });

  it("tells of a list what goes and what comes", () => {
    const step = { op: "update", type: REPOSITORY, differs: { "topics[0]": "update" } };
    const of = (topic: string): object => ({ inputs: { topics: [topic] } });
    assert.deepEqual(meanings({ ...step, old: of("a"), new: of("b") }), ["removes topics: a", "adds topics: b"]);
  });

  it("names the properties of a resource that it does not know", () => {
    const step = {
      op: "update",
      type: "aws:s3/bucket:Bucket",
      differs: { a: "update", b: "update", c: "update", d: "update" },
    };
    const of = (value: number): object => ({ a: value, b: value, c: value, d: value });
    assert.deepEqual(meanings({ ...step, old: { inputs: { ...of(1) } }, new: { inputs: { ...of(2) } } }), [
      "changes a, b, c and 1 more of the bucket thing",
    ]);
  });

  it("takes a provider that names only top-level properties at its word", () => {
    const events = previewOf({
      op: "update",
      type: "aws:s3/bucket:Bucket",
      old: { inputs: { acl: "a" } },
      new: { inputs: { acl: "b" } },
    });
    for (const { resOutputsEvent } of events)
      Object.assign(resOutputsEvent?.metadata ?? {}, { detailedDiff: null, diffs: ["acl"], keys: ["acl"] });
    const { changes } = reportOf(events, { operation: "preview", stack: "prod" });
    assert.deepEqual(changes[0]?.changes[0]?.properties, [
      { path: "acl", before: { state: "known", value: "a" }, after: { state: "known", value: "b" }, replaces: true },
    ]);
  });
});
