import assert from "node:assert/strict";
import { describeChanges, shown } from "../../cli/adopt/as-found.ts";
import type { PlannedStep } from "../../cli/adopt/preview.ts";
import { plainChanges } from "../../cli/adopt/report.ts";
import { stricter } from "../../cli/adopt/stricter.ts";

const step = (name: string, changes: Partial<PlannedStep>): PlannedStep => ({
  op: "update",
  urn: `urn:pulumi:prod::delivery::a::${name}`,
  name,
  type: "a:b:C",
  parent: undefined,
  protect: false,
  before: {},
  after: {},
  paths: [],
  ...changes,
});

describe("adopt: what differs", () => {
  it("is kept as found: the value of the state, or null where the state has none", () => {
    const { settings, unresolved } = describeChanges(
      [
        step("repository", {
          before: { hasWiki: true },
          paths: ["hasWiki", "description"],
          after: { description: "x" },
        }),
        step("pipeline", {
          before: { settings: { oss: true } },
          after: { settings: { oss: false } },
          paths: ["settings.oss"],
        }),
        step("errors-project", {
          before: { teams: ["a", "b"] },
          after: { teams: ["a"] },
          paths: ["teams[1]", "teams[2]"],
        }),
        step("site", { op: "same", paths: ["plan"] }),
      ],
      new Map(),
    );
    assert.deepEqual(unresolved, []);
    assert.deepEqual(
      settings.map(({ key, value, note }) => [key, value, note]),
      [
        ["asFound.repository.hasWiki", true, "the chain leaves it out"],
        ["asFound.repository.description", null, 'the chain: "x"'],
        ["asFound.pipeline.settings.oss", true, "the chain: false"],
        ["asFound.errors-project.teams", ["a", "b"], 'the chain: ["a"]'],
      ],
    );
  });

  it("is not shown where its name or its shape takes it for a secret", () => {
    const secrets: readonly (readonly [unknown, string])[] = [
      ["hunter2", "site.variables.ADMIN_PASSWORD"],
      ["redis://u:hunter2@cache.example", "site.variables.CACHE"],
      [{ STRIPE_SECRET_KEY: "hunter2" }, "site.variables"],
      [["ghp_0123456789012345678901234567890123456789"], "list"],
    ];
    for (const [value, key] of secrets) assert.equal(shown(value, key), "a secret");
    assert.deepEqual(plainChanges([{ key: "site.variables.ADMIN_PASSWORD", before: undefined, after: "hunter2" }]), [
      { key: "site.variables.ADMIN_PASSWORD", before: undefined, after: "[secret]" },
    ]);
    assert.equal(shown("frankfurt", "site.region"), '"frankfurt"');
  });

  it("takes a variable that the chain sets from the site, and never one that may be secret", () => {
    const before = { environmentVariables: { PORT: "[secret]", API_TOKEN: "[secret]" } };
    const paths = [
      "environmentVariables.PORT",
      "environmentVariables.SENTRY_RELEASE",
      "environmentVariables.API_TOKEN",
    ];
    const { settings, unresolved } = describeChanges(
      [step("site", { before, paths })],
      new Map([
        ["PORT", "10000"],
        ["API_TOKEN", "hidden"],
      ]),
    );
    assert.deepEqual(
      settings.map(({ key, value }) => [key, value]),
      [
        ["asFound.site.environmentVariables.PORT", "10000"],
        ["asFound.site.environmentVariables.SENTRY_RELEASE", null],
      ],
    );
    assert.deepEqual(
      unresolved.map(({ property, key }) => [property, key]),
      [["environmentVariables.API_TOKEN", "delivery:site.variables.API_TOKEN"]],
    );
    assert.ok(!JSON.stringify([settings, unresolved]).includes("hidden"));
  });

  it("is a decision where a key describes it, and where something would be made, replaced or deleted", () => {
    const { settings, unresolved } = describeChanges(
      [
        step("site", { before: { image: "a:1" }, after: { image: "a:2" }, paths: ["image"] }),
        step("context", { op: "replace", paths: ["name"] }),
        step("errors-alert", { op: "create" }),
      ],
      new Map(),
    );
    assert.deepEqual(settings, []);
    assert.deepEqual(
      unresolved.map(({ resource, property, op, key }) => [resource, property, op, key]),
      [
        ["site", "image", "update", "delivery:image.tag"],
        ["context", undefined, "replace", undefined],
        ["errors-alert", undefined, "create", undefined],
      ],
    );
  });

  it("is shown in one short line, and no secret is", () => {
    assert.equal(shown({ a: "[secret]" }), "a secret");
    assert.equal(shown("a\nb"), '"a\\nb"');
    assert.ok(shown("x".repeat(1000)).length < 120);
  });
});

describe("adopt: what could be stricter", () => {
  it("follows from the file, each with its command", () => {
    const { stricter: proposals, kept } = stricter(`config:
  delivery:production: "true"
  delivery:repository: { visibility: public, ruleset: off, secretScanning: true }
  delivery:pipeline: { context: all, restrictContext: false }
  delivery:image: { delivery: pinned, username: acme }
  delivery:asFound:
    pipeline:
      settings:
        forksReceiveSecretEnvVars: true # the chain: false
    repository:
      hasWiki: true # the chain leaves it out
`);
    assert.deepEqual(
      proposals.map(({ command }) => command),
      [
        "npm run pulumi -- config rm --path 'delivery:repository.ruleset'",
        "npm run pulumi -- config set --path 'delivery:repository.visibility' private --plaintext",
        "npm run pulumi -- config rm --path 'delivery:pipeline.restrictContext'",
        "npm run pulumi -- config rm --path 'delivery:asFound.pipeline.settings.forksReceiveSecretEnvVars'",
      ],
    );
    assert.deepEqual(
      kept.map(({ change }) => change),
      ["repository.hasWiki: true; the chain leaves it out"],
    );
  });

  it("is nothing for an empty file but to protect", () => {
    assert.deepEqual(
      stricter("").stricter.map(({ key }) => key),
      ["delivery:protect"],
    );
  });
});
