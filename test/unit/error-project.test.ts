import assert from "node:assert/strict";
import { ErrorKey } from "../../infra/environment/sentry-key.ts";
import { ErrorProject } from "../../infra/shared/sentry-project.ts";
import { known, type MockEngine, mockEngine } from "./support/mock-engine.ts";

const TEAM = "sentry:index/sentryTeam:SentryTeam";
const PROJECT = "sentry:index/sentryProject:SentryProject";
const KEY = "sentry:index/sentryKey:SentryKey";

describe("ErrorProject and ErrorKey", () => {
  let engine: MockEngine;
  beforeEach(async () => {
    engine = await mockEngine({
      outputs: { [KEY]: { dsnPublic: "https://public@sentry.example/1" } },
    });
  });

  const settings = {
    organization: "acme",
    team: "web",
    project: "site",
    platform: "python-django",
  } as const;

  it("declare a team and a project that it owns", async () => {
    new ErrorProject("errors", settings);
    const team = await engine.registered(TEAM, "errors-team");
    assert.deepEqual(team.inputs, { organization: "acme", name: "web", slug: "web" });
    assert.equal(team.parent, "errors");
    const project = await engine.registered(PROJECT, "errors-project");
    assert.deepEqual(project.inputs, {
      organization: "acme",
      name: "site",
      slug: "site",
      platform: "python-django",
      teams: ["web"],
    });
    assert.deepEqual(project.dependsOn, ["errors-team"]);
  });

  it("protect what they hold when they are told to", async () => {
    const kept = { protect: true, retainOnDelete: true };
    const errors = new ErrorProject("errors", settings, kept);
    new ErrorKey("errors-key", { environment: "prod", of: errors }, kept);
    const registrations = await engine.registrations();
    assert.equal(registrations.length, 5);
    assert.ok(registrations.every(({ protect }) => protect));
    const components = registrations.filter(({ type }) => type.startsWith("delivery:"));
    assert.ok(
      components.every(({ retainOnDelete }) => retainOnDelete),
      "the engine hands it on to the children",
    );
  });

  it("give each environment a key of its name", async () => {
    const errors = new ErrorProject("errors", settings);
    const key = new ErrorKey("errors-key", {
      environment: "staging",
      of: errors,
      rateLimit: { count: 9, seconds: 60 },
    });
    const { inputs, parent } = await engine.registered(KEY, "errors-key");
    assert.equal(parent, "errors-key");
    assert.deepEqual(inputs, {
      organization: "acme",
      project: "site",
      name: "staging",
      rateLimitCount: 9,
      rateLimitWindow: 60,
    });
    assert.equal(await known(key.dsn), "https://public@sentry.example/1");
  });

  it("limit nothing unless asked", async () => {
    new ErrorKey("errors-key", { environment: "staging", of: new ErrorProject("errors", settings) });
    const { inputs } = await engine.registered(KEY);
    assert.deepEqual(Object.keys(inputs).sort(), ["name", "organization", "project"]);
  });
});
