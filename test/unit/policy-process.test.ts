import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { inProject } from "../../lib/project-folder.ts";

describe("the policy pack's process", () => {
  it("serves on the port that it prints, from any folder, and ends with the engine's end of its standard input", async () => {
    // As the engine starts it: with its own address, in the folder of the program.
    const pack = spawn(inProject("policy/run-policy"), ["127.0.0.1:1"], {
      cwd: inProject("stacks"),
      stdio: ["pipe", "pipe", "inherit"],
    });
    try {
      const [line] = await once(createInterface(pack.stdout), "line");
      assert.match(line, /^\d+$/);
      pack.stdin.end();
      const [code] = await once(pack, "exit");
      assert.equal(code, 0);
    } finally {
      pack.kill("SIGKILL");
    }
  });
});
