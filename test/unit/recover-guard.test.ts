import assert from "node:assert/strict";
import { refusePendingOperations } from "../../cli/recover/guard.ts";

describe("the guard of `up`", () => {
  const exported = (...pending: readonly [type: string, urn: string][]): string => {
    const operations = pending.map(([type, urn]) => ({ type, resource: { urn, type: "shop:index:Crate" } }));
    return JSON.stringify({ version: 3, deployment: { resources: [], pending_operations: operations } });
  };

  it("refuses while an operation is pending, naming the resources and the command that mends it", () => {
    const text = exported(
      ["creating", "urn:pulumi:prod::site::shop:index:Crate::apples"],
      ["deleting", "urn:pulumi:prod::site::shop:index:Crate::pears"],
    );
    assert.throws(() => refusePendingOperations(text, "npx --no delivery recover"), {
      name: "UserError",
      message: /apples \(creating\), pears \(deleting\)(.|\n)*`npx --no delivery recover`/,
    });
  });

  it("lets a whole stack pass, and one that has never been up", () => {
    refusePendingOperations(exported(), "npx --no delivery recover");
    refusePendingOperations('{ "version": 3, "deployment": { "manifest": {} } }', "npx --no delivery recover");
    refusePendingOperations('{ "version": 3, "deployment": null }', "npx --no delivery recover");
  });
});
