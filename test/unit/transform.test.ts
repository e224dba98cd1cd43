import assert from "node:assert/strict";
import * as github from "@pulumi/github";
import { transform } from "../../lib/transform.ts";
import { runMocked } from "./support/mocked-program.ts";

const REPOSITORY = "github:index/repository:Repository";

describe("transform", () => {
  it("changes arguments and options of the resource of that class and name, and of no other", async () => {
    const engine = await runMocked(() => {
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
