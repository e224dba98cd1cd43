import assert from "node:assert/strict";
import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { keepAsFound } from "../../lib/as-found.ts";
import { runMocked } from "./support/mocked-program.ts";

const REPOSITORY = "github:index/repository:Repository";

describe("keepAsFound", () => {
  it("sets, leaves out and merges arguments of the resource of that name", async () => {
    const engine = await runMocked(() => {
      keepAsFound("delivery:asFound", {
        repository: {
          hasWiki: true,
          description: null,
          securityAndAnalysis: { secretScanning: { status: "disabled" } },
        },
      });
      new github.Repository("repository", {
        name: "site",
        description: "A site",
        securityAndAnalysis: pulumi.output({
          secretScanning: { status: "enabled" },
          advancedSecurity: { status: "enabled" },
        }),
      });
      new github.Repository("other", { name: "other", description: "Another" });
    });
    assert.deepEqual((await engine.registered(REPOSITORY, "repository")).inputs, {
      name: "site",
      hasWiki: true,
      securityAndAnalysis: { secretScanning: { status: "disabled" }, advancedSecurity: { status: "enabled" } },
    });
    assert.deepEqual((await engine.registered(REPOSITORY, "other")).inputs, { name: "other", description: "Another" });
  });

  it("leaves components of that name alone", async () => {
    const engine = await runMocked(() => {
      keepAsFound("delivery:asFound", { repository: { hasWiki: true } });
      const parent = new pulumi.ComponentResource("delivery:shared:SourceRepository", "repository", { a: 1 });
      new github.Repository("repository", { name: "site" }, { parent });
    });
    const [, component] = await engine.registrations();
    assert.equal(component?.type, "delivery:shared:SourceRepository");
    assert.equal("hasWiki" in (component?.inputs ?? {}), false);
  });
});
