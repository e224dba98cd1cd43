import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { CiContext } from "../../infra/environment/circleci-context.ts";
import { CiProject } from "../../infra/shared/circleci-project.ts";
import { insideSecret, type MockEngine, mockEngine } from "./support/mock-engine.ts";

const PROJECT = "circleci:index:Project";
const CONTEXT = "circleci:index:Context";
const VARIABLE = "circleci:index:ContextVariable";
const RESTRICTION = "circleci:index:ContextRestriction";

describe("CiProject", () => {
  it("follows the repository and gives nothing away to forks", async () => {
    const engine = await mockEngine();
    new CiProject("pipeline", { organization: "gh/acme", repositoryName: pulumi.output("site") });
    const { inputs, parent } = await engine.registered(PROJECT, "pipeline");
    assert.equal(parent, "pipeline");
    assert.equal(inputs["slug"], "gh/acme/site");
    assert.deepEqual(inputs["settings"], {
      setGithubStatus: true,
      buildForkPrs: true,
      forksReceiveSecretEnvVars: false,
    });
  });
});

describe("CiContext", () => {
  let engine: MockEngine;
  beforeEach(async () => {
    engine = await mockEngine();
  });
  const args = { contextName: "site-prod", organization: "gh/acme", onlyProject: undefined };

  it("holds exactly the variables that the pipeline takes", async () => {
    const values = { SENTRY_DSN: pulumi.output("https://k@s.example/1"), SENTRY_ENVIRONMENT: "prod" };
    new CiContext("context", { ...args, names: ["SENTRY_DSN"], values });
    const context = await engine.registered(CONTEXT, "context");
    assert.equal(context.parent, "context");
    assert.deepEqual([context.inputs["name"], context.inputs["organization"]], ["site-prod", "gh/acme"]);
    const variable = await engine.registered(VARIABLE);
    assert.equal(variable.name, "context-SENTRY_DSN");
    assert.equal(variable.inputs["contextId"], "context-id");
    assert.equal(variable.inputs["name"], "SENTRY_DSN");
    assert.equal(insideSecret(variable.inputs["value"]), "https://k@s.example/1");
  });

  it("is for the jobs of one project", async () => {
    const values = { SENTRY_DSN: undefined, SENTRY_ENVIRONMENT: "prod" };
    new CiContext("context", { ...args, onlyProject: "project-id", names: [], values });
    const { inputs, parent } = await engine.registered(RESTRICTION, "context-project");
    assert.equal(parent, "context");
    assert.deepEqual(inputs, { contextId: "context-id", type: "project", value: "project-id" });
  });

  it("is for every project of the organization when it is told no project", async () => {
    const values = { SENTRY_DSN: undefined, SENTRY_ENVIRONMENT: "prod" };
    new CiContext("context", { ...args, names: [], values });
    assert.ok((await engine.registrations()).every(({ type }) => type !== RESTRICTION));
  });

  it("refuses a variable that nothing gives", () => {
    const values = { SENTRY_DSN: undefined, SENTRY_ENVIRONMENT: "prod" };
    assert.throws(
      () => new CiContext("context", { ...args, names: ["SENTRY_DSN"], values }),
      /takes SENTRY_DSN .* nothing gives it/,
    );
  });
});
