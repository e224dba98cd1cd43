import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { PartOf } from "../../infra/config.ts";
import type { PipelineFile } from "../../infra/shared/circleci-config-yml.ts";
import { SourceRepository } from "../../infra/shared/github-repository.ts";
import { type MockEngine, mockEngine } from "./support/mock-engine.ts";

const REPOSITORY = "github:index/repository:Repository";
const ALERTS = "github:index/repositoryVulnerabilityAlerts:RepositoryVulnerabilityAlerts";
const FILE = "github:index/repositoryFile:RepositoryFile";
const RULESET = "github:index/repositoryRuleset:RepositoryRuleset";

const settings: PartOf<"repository"> = {
  name: "site",
  description: "A site",
  visibility: "private",
  topics: ["django"],
  mergeMethods: ["squash", "rebase"],
  deleteBranchOnMerge: true,
  ruleset: {
    reviews: 2,
    codeOwners: true,
    strictChecks: true,
    linearHistory: true,
    bypass: [{ actorType: "RepositoryRole", actorId: 5 }],
  },
  autoMerge: false,
  vulnerabilityAlerts: true,
  pipelineFile: "managed",
  dockerfile: "seeded",
};
const pipeline: PipelineFile = { yaml: "version: 2.1", requiredChecks: ["ci/circleci: test"], contextVariables: [] };

describe("SourceRepository", () => {
  let engine: MockEngine;
  beforeEach(async () => {
    engine = await mockEngine();
  });

  const declare = (changes: Partial<PartOf<"repository">> = {}, file: PipelineFile | undefined = pipeline) =>
    new SourceRepository("repository", {
      settings: { ...settings, ...changes },
      pipeline: file,
      branch: "main",
      dockerfile: "FROM scratch",
    });

  it("warns when the default branch is another than the pipeline's", async () => {
    const fullName = "acme/site";
    const warned: string[] = [];
    const { warn } = pulumi.log;
    const replace = (value: unknown) =>
      Object.defineProperty(pulumi.log, "warn", { value, configurable: true, writable: true });
    replace((message: string) => warned.push(message));
    try {
      for (const defaultBranch of ["main", undefined, "trunk"]) {
        engine = await mockEngine({ outputs: { [REPOSITORY]: { fullName, defaultBranch } } });
        declare();
        await engine.registrations();
      }
    } finally {
      replace(warn);
    }
    assert.deepEqual(warned, [
      "The default branch of acme/site is trunk, and delivery:pipeline.branch is main: files and rules go to the first, " +
        "and CircleCI delivers the second. npm run pulumi -- config set --stack prod --path 'delivery:pipeline.branch' trunk --plaintext",
    ]);
  });

  it("declares the repository with a first commit and the merge methods that were asked for", async () => {
    declare();
    const { inputs, parent } = await engine.registered(REPOSITORY, "repository");
    assert.equal(parent, "repository");
    assert.deepEqual(inputs, {
      name: "site",
      description: "A site",
      visibility: "private",
      topics: ["django"],
      autoInit: true,
      hasIssues: true,
      allowMergeCommit: false,
      allowSquashMerge: true,
      allowRebaseMerge: true,
      allowAutoMerge: false,
      deleteBranchOnMerge: true,
    });
  });

  it("has GitHub warn of vulnerable dependencies by a resource of its own, which a rename leaves alone", async () => {
    declare({ vulnerabilityAlerts: false });
    const { inputs, ignoreChanges, parent } = await engine.registered(ALERTS);
    assert.deepEqual(inputs, { repository: "site", enabled: false });
    assert.deepEqual(ignoreChanges, ["repository"]);
    assert.equal(parent, "repository");
  });

  it("has GitHub look for secrets when asked", async () => {
    declare({ secretScanning: true });
    const { inputs } = await engine.registered(REPOSITORY, "repository");
    const enabled = { status: "enabled" };
    assert.deepEqual(inputs["securityAndAnalysis"], { secretScanning: enabled, secretScanningPushProtection: enabled });
  });

  it("has GitHub stop looking for secrets when told so, and leaves it alone when told nothing", async () => {
    declare({ secretScanning: false });
    const { inputs } = await engine.registered(REPOSITORY, "repository");
    const disabled = { status: "disabled" };
    assert.deepEqual(inputs["securityAndAnalysis"], {
      secretScanning: disabled,
      secretScanningPushProtection: disabled,
    });
  });

  it("writes the pipeline's file", async () => {
    declare();
    const { inputs, ignoreChanges } = await engine.registered(FILE, "repository-pipeline-file");
    assert.equal(inputs["repository"], "site");
    assert.equal(inputs["file"], ".circleci/config.yml");
    assert.equal(inputs["content"], "version: 2.1");
    assert.deepEqual(ignoreChanges, []);
  });

  it("seeds the Dockerfile and leaves it to the team after that", async () => {
    declare();
    const { inputs, ignoreChanges, retainOnDelete } = await engine.registered(FILE, "repository-dockerfile");
    assert.equal(inputs["content"], "FROM scratch");
    assert.deepEqual(ignoreChanges, ["content", "commitMessage", "repository"]);
    assert.equal(retainOnDelete, true);
  });

  it("guards the default branch, after the first commits", async () => {
    declare();
    const { inputs, dependsOn } = await engine.registered(RULESET, "repository-ruleset");
    assert.ok(dependsOn.includes("repository-pipeline-file") && dependsOn.includes("repository-dockerfile"));
    assert.equal(inputs["enforcement"], "active");
    assert.deepEqual(inputs["conditions"], { refName: { includes: ["~DEFAULT_BRANCH"], excludes: [] } });
    assert.deepEqual(inputs["rules"], {
      deletion: true,
      nonFastForward: true,
      requiredLinearHistory: true,
      pullRequest: {
        allowedMergeMethods: ["squash", "rebase"],
        requiredApprovingReviewCount: 2,
        requireCodeOwnerReview: true,
        dismissStaleReviewsOnPush: true,
      },
      requiredStatusChecks: {
        requiredChecks: [{ context: "ci/circleci: test" }],
        strictRequiredStatusChecksPolicy: true,
      },
    });
  });

  it("lets whoever the chain commits as pass the rules", async () => {
    declare();
    const { inputs } = await engine.registered(RULESET);
    assert.deepEqual(inputs["bypassActors"], [{ actorType: "RepositoryRole", actorId: 5, bypassMode: "always" }]);
  });

  it("requires no checks and writes no pipeline when CircleCI is off", async () => {
    new SourceRepository("repository", { settings, pipeline: undefined, branch: "main", dockerfile: "FROM scratch" });
    const { inputs } = await engine.registered(RULESET);
    assert.equal("requiredStatusChecks" in (inputs["rules"] as object), false);
    assert.equal((await engine.registered(FILE)).name, "repository-dockerfile");
  });

  it("requires no checks of a pipeline whose file the team writes", async () => {
    declare({ pipelineFile: "off" });
    const { inputs } = await engine.registered(RULESET);
    assert.equal("requiredStatusChecks" in (inputs["rules"] as object), false);
    assert.equal((await engine.registered(FILE)).name, "repository-dockerfile");
  });

  it("observes files that are there: never writes, deletes or makes them", async () => {
    declare({ pipelineFile: "observed", dockerfile: "observed" });
    for (const name of ["repository-pipeline-file", "repository-dockerfile"]) {
      const { inputs, ignoreChanges, retainOnDelete, importId } = await engine.registered(FILE, name);
      assert.deepEqual(ignoreChanges, ["content", "commitMessage", "repository"]);
      assert.equal(retainOnDelete, true);
      assert.equal(importId, `site:${inputs["file"]}:main`);
    }
    const { inputs } = await engine.registered(RULESET, "repository-ruleset");
    assert.equal((inputs["rules"] as Record<string, unknown>)["requiredStatusChecks"], undefined);
  });

  it("leaves out what is off", async () => {
    new SourceRepository("repository", {
      settings: { ...settings, ruleset: undefined, pipelineFile: "off" },
      pipeline,
      branch: "main",
      dockerfile: undefined,
    });
    const types = (await engine.registrations()).map(({ type }) => type);
    assert.deepEqual(types, ["delivery:shared:SourceRepository", REPOSITORY, ALERTS]);
  });
});
