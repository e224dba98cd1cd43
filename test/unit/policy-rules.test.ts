import assert from "node:assert/strict";
import { CONTEXT, CONTEXT_RESTRICTION, REPOSITORY, RULESET, WEB_SERVICE } from "../../policy/kit/resource-types.ts";
import { allowedPlan } from "../../policy/rules/allowed-plan.ts";
import { healthCheck } from "../../policy/rules/health-check.ts";
import { immutableImageTag } from "../../policy/rules/immutable-image-tag.ts";
import { noPlainCredential } from "../../policy/rules/no-plain-credential.ts";
import { noPlainSecret } from "../../policy/rules/no-plain-secret.ts";
import { publicVisibility } from "../../policy/rules/public-visibility.ts";
import { pullRequestReviews } from "../../policy/rules/pull-request-reviews.ts";
import { requiredChecks } from "../../policy/rules/required-checks.ts";
import { restrictedContext } from "../../policy/rules/restricted-context.ts";
import { secret, UNKNOWN } from "../../providers/kit/values.ts";
import { allFindings, findings, subject } from "./support/policy-subjects.ts";

describe("immutable-image-tag", () => {
  const found = (image: unknown, patterns: string[] = []): number =>
    findings(immutableImageTag, [subject(WEB_SERVICE, { image })], { patterns }).length;

  it("takes what names one image for ever", () => {
    for (const tag of [
      "content-0123456789abcdef",
      "1.4.2",
      "v1.4.2-rc.1",
      "site-2.0.11",
      "3f2a9c1",
      "sha-3f2a9c1b7d",
      "9fceb02d0ae598e95dc970b74767f19372d61af8",
      "main-3f2a9c1b7d",
      "2026-11-25",
      "20261125-0138",
      "2026.11.25",
      "build-4711",
    ])
      assert.equal(found(`acme/site:${tag}`), 0, tag);
    assert.equal(found(`acme/site@sha256:${"a".repeat(64)}`), 0);
    assert.equal(found(`acme/site:latest@sha256:${"a".repeat(64)}`), 0);
  });

  it("finds what is moved, and what names no tag at all", () => {
    for (const tag of [
      "latest",
      "stable",
      "main",
      "production",
      "v1",
      "1.4",
      "python-3.12",
      "deadbeef",
      "release-candidate",
      "1.5.0-SNAPSHOT",
    ])
      assert.equal(found(`localhost:5000/acme/site:${tag}`), 1, tag);
    assert.equal(found("localhost:5000/acme/site"), 1);
  });

  it("takes the tags that the team says are never moved", () => {
    assert.equal(found("acme/site:release-candidate", ["^release-"]), 0);
  });

  it("waits for an image that a preview cannot know, and shows none that is secret", () => {
    assert.equal(found(UNKNOWN), 0);
    const [problem = ""] = findings(immutableImageTag, [subject(WEB_SERVICE, { image: secret("acme/hidden:latest") })]);
    assert.match(problem, /\[secret\]/);
    assert.doesNotMatch(problem, /hidden/);
  });
});

describe("no-plain-credential", () => {
  const hex = "0123456789abcdef";
  const credentials = {
    "a GitHub token": `github_pat_${"A1".repeat(20)}`,
    "a CircleCI token": `CCIPAT_ULUhR6rJLxYbyzyrP19iMZ_${hex}${hex}01234567`,
    "a Sentry token": `sntryu_${hex}${hex}${hex}${hex}`,
    "a Render API key": `rnd_${"aB3".repeat(10)}`,
    "a Docker Hub token": `dckr_pat_${"a-B3".repeat(7)}`,
    "an AWS access key": "AKIAIOSFODNN7EXAMPLE",
    "a Stripe live key": `sk_live_${"a1B2".repeat(6)}`,
    "a private key": "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl",
    "a URL with a password": "redis://:hunter2@cache:6379/0",
  };
  const elsewhere = [
    "https://a:hunter2@localhost.example/",
    "redis://a:b@127.0.0.10/",
    "x://a:b@localhost https://a:b@host",
  ];
  const found = (properties: Record<string, unknown>): string[] =>
    findings(noPlainCredential, [subject("any:index:Thing", properties)]);

  it("finds each kind wherever it stands, and does not repeat it", () => {
    for (const [kind, value] of Object.entries(credentials)) {
      assert.deepEqual(found({ list: [{ text: `before ${value} after` }] }), [
        `list[0].text of Thing thing holds ${kind}.`,
      ]);
    }
  });

  it("finds a login beside one that opens nothing, and at a host that is only called alike", () => {
    for (const text of elsewhere) assert.equal(found({ text }).length, 1, text);
  });

  it("leaves alone what is secret, and what only looks alike", () => {
    for (const value of Object.values(credentials)) assert.deepEqual(found({ a: { b: secret(value) } }), []);
    for (const text of [
      "https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/42",
      "https://$USER:$PASSWORD@pypi.acme.example/simple",
      "https://<user>:<password>@pypi.acme.example/simple",
      "ssh://git@github.com:22/acme/site",
      "http://127.0.0.1:8000/@me",
      "postgres://site:only-for-tests@localhost:5432/site",
      "DATABASE_URL: 'redis://:x@127.0.0.1'",
      "-----BEGIN PUBLIC KEY-----",
      "-----BEGIN CERTIFICATE-----",
      hex,
    ])
      assert.deepEqual(found({ text }), [], text);
  });
});

describe("no-plain-secret", () => {
  const found = (properties: Record<string, unknown>, names: string[] = []): number =>
    findings(noPlainSecret, [subject("any:index:Thing", properties)], { names }).length;

  it("goes by the last word of a name, or of the name beside a value", () => {
    for (const name of [
      "password",
      "DB_PASSWORD",
      "authToken",
      "SECRET_KEY",
      "clientSecret",
      "apiKey",
      "smtp-credential",
    ])
      assert.equal(found({ nested: { [name]: "hunter2" } }), 1, name);
    assert.equal(found({ name: "DEPLOY_TOKEN", value: "hunter2" }), 1);
  });

  it("leaves alone names that speak of a secret and hold none, and values that stand for one", () => {
    for (const name of [
      "SENTRY_DSN",
      "tokenUrl",
      "PASSWORD_HASHERS",
      "keyboard",
      "publicKey",
      "PUBLIC_TOKEN",
      "secretName",
    ])
      assert.equal(found({ [name]: "hunter2" }), 0, name);
    for (const value of ["", "$TOKEN", "${TOKEN}", "<token>", "/run/secrets/token", "true", "3600", 7, false, UNKNOWN])
      assert.equal(found({ token: value }), 0, String(value));
    assert.equal(found({ token: secret("hunter2") }), 0);
    assert.equal(found({ generatedVariables: ["DJANGO_SECRET_KEY"] }), 0);
    assert.equal(found({ CSRF_TOKEN: "hunter2" }, ["CSRF_TOKEN"]), 0);
  });
});

describe("rules about what stands beside a resource", () => {
  const ruleset = (properties: Record<string, unknown>) =>
    subject(RULESET, {
      repository: "site",
      target: "branch",
      enforcement: "active",
      conditions: { refName: { includes: ["~DEFAULT_BRANCH"] } },
      rules: {
        pullRequest: { requiredApprovingReviewCount: 1 },
        requiredStatusChecks: { requiredChecks: [{ context: "test" }] },
      },
      ...properties,
    });
  const repository = subject(REPOSITORY, { name: "site", defaultBranch: "main" });
  const found = (...rulesets: ReturnType<typeof ruleset>[]): number[] =>
    [pullRequestReviews, requiredChecks].map((rule) => findings(rule, [repository, ...rulesets]).length);

  it("count a ruleset only when it is in force, on the default branch of this repository", () => {
    assert.deepEqual(found(ruleset({})), [0, 0]);
    assert.deepEqual(found(ruleset({ conditions: { refName: { includes: ["~ALL"] } } })), [0, 0]);
    assert.deepEqual(found(ruleset({ enforcement: "evaluate" })), [1, 1]);
    assert.deepEqual(found(ruleset({ target: "tag" })), [1, 1]);
    assert.deepEqual(found(ruleset({ repository: "another" })), [1, 1]);
    assert.deepEqual(
      found(ruleset({ rules: { requiredStatusChecks: { requiredChecks: [{ context: "test" }] } } })),
      [1, 0],
    );
    assert.deepEqual(found(ruleset({ rules: {} }), ruleset({})), [0, 0]);
  });

  it("know the default branch by its name, and by a pattern", () => {
    const guarded = (includes: string[], excludes: string[] = []): number[] =>
      found(ruleset({ conditions: { refName: { includes, excludes } } }));
    for (const pattern of ["refs/heads/main", "refs/heads/*", "refs/heads/m*n", "refs/**"])
      assert.deepEqual(guarded([pattern]), [0, 0], pattern);
    for (const pattern of ["refs/heads/next", "refs/*", "refs/heads/mai", "refs/heads/ma.n"])
      assert.deepEqual(guarded([pattern]), [1, 1], pattern);
    assert.deepEqual(guarded(["~ALL"], ["refs/heads/main"]), [1, 1]);
    assert.deepEqual(guarded(["~ALL"], ["refs/heads/next"]), [0, 0]);
  });

  it("take what a preview cannot know for what is meant", () => {
    assert.deepEqual(found(ruleset({ rules: UNKNOWN })), [0, 0]);
    const named = { ...ruleset({ repository: UNKNOWN }), sourcesOf: () => [repository.urn] };
    assert.deepEqual(found(named), [0, 0]);
    const unborn = subject(REPOSITORY, { name: "site", defaultBranch: UNKNOWN });
    const byName = ruleset({
      conditions: { refName: { includes: ["refs/heads/main"], excludes: ["refs/heads/next"] } },
    });
    assert.deepEqual(findings(pullRequestReviews, [unborn, byName]), []);
  });

  it("want a context's restriction to be of this context, and to a project", () => {
    const context = subject(CONTEXT, { contextId: "1" });
    const restriction = (properties: Record<string, unknown>) =>
      subject(CONTEXT_RESTRICTION, { type: "project", ...properties });
    const open = (...others: ReturnType<typeof restriction>[]): number =>
      findings(restrictedContext, [context, ...others]).length;
    assert.equal(open(restriction({ contextId: "1" })), 0);
    assert.equal(open(restriction({ contextId: "2" })), 1);
    assert.equal(open(restriction({ contextId: "1", type: "group" })), 1);
    assert.equal(open({ ...restriction({ contextId: UNKNOWN }), sourcesOf: () => [context.urn] }), 0);
  });
});

describe("rules that the team sets", () => {
  it("allow the public repositories and the plans that are named, and only those", () => {
    const repository = subject(REPOSITORY, { name: "site", visibility: "public" });
    assert.equal(findings(publicVisibility, [repository], { repositories: ["site"] }).length, 0);
    assert.equal(findings(publicVisibility, [repository], { repositories: ["other"] }).length, 1);
    const site = subject(WEB_SERVICE, { plan: "starter" });
    assert.equal(findings(allowedPlan, [site], { plans: ["pro"] }).length, 1);
    assert.equal(findings(allowedPlan, [site], { plans: [] }).length, 1);
  });
});

describe("every rule", () => {
  it("says nothing of a site that a preview knows nothing of", () => {
    const names = ["image", "healthCheckPath", "plan", "region", "environmentVariables"];
    const unknown = Object.fromEntries(names.map((name) => [name, UNKNOWN]));
    assert.deepEqual(allFindings([subject(WEB_SERVICE, unknown)]), []);
    assert.equal(findings(healthCheck, [subject(WEB_SERVICE, {})]).length, 1);
  });
});
