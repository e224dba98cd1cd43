import assert from "node:assert/strict";
import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { transform } from "../../lib/transform.ts";
import { mockEngine } from "./support/mock-engine.ts";

const REPOSITORY = "github:index/repository:Repository";

describe("transform", () => {
  /** Registers what `program` declares, as the engine's host does it. */
  async function run(program: () => void) {
    const engine = await mockEngine();
    const { runInPulumiStack } = pulumi.runtime as unknown as {
      runInPulumiStack(init: () => Promise<void>): Promise<void>;
    };
    await runInPulumiStack(async () => program());
    return engine;
  }

  it("changes arguments and options of the resource of that class and name, and of no other", async () => {
    const engine = await run(() => {
      transform(github.Repository, "repository", (args, options) => {
        args.hasDiscussions = true;
        options.protect = true;
      });
      new github.Repository("repository", { name: "site" });
      new github.Repository("other", { name: "other" });
      new github.RepositoryFile("repository", { repository: "site", file: "a", content: "b" });
    });
    const changed = await engine.registered(REPOSITORY, "repository");
    assert.deepEqual(changed.inputs, { name: "site", hasDiscussions: true });
    assert.equal(changed.protect, true);
    assert.deepEqual((await engine.registered(REPOSITORY, "other")).inputs, { name: "other" });
    const file = await engine.registered("github:index/repositoryFile:RepositoryFile", "repository");
    assert.equal("hasDiscussions" in file.inputs, false);
  });
});
