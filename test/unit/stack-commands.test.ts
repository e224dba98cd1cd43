import assert from "node:assert/strict";
import { removeCommand, setCommand, setCommands, setSecretCommand } from "../../lib/configuration-problems.ts";
import { onStack } from "../../lib/stack-commands.ts";

describe("commands for a stack", () => {
  for (const command of [
    setCommand("delivery:site.plan", "starter"),
    setCommands(["a:b.C", "a:b.D"]),
    setSecretCommand("a:b"),
    removeCommand("a:b.c"),
  ])
    it(`names it in ${command}`, () => {
      const [verb, rest] = command.split(/(?<=config (?:set|set-all|rm)) /);
      assert.equal(onStack(`Look, or: ${command}`, "staging"), `Look, or: ${verb} --stack staging ${rest}`);
    });

  it("names it in each of several", () => {
    const both = `${removeCommand("a:b")} && ${setCommand("a:b[0]", "x")}`;
    assert.equal(onStack(both, "prod").split(" --stack prod ").length, 3);
  });

  it("leaves alone what names a stack, other commands, and a text of no stack", () => {
    const named = `${setCommand("a:b")} --stack other`;
    assert.equal(onStack(named, "prod"), named);
    assert.equal(onStack("npm run pulumi -- login", "prod"), "npm run pulumi -- login");
    assert.equal(onStack(setCommand("a:b"), undefined), setCommand("a:b"));
  });
});
