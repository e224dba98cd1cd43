import assert from "node:assert/strict";
import type { RunResult } from "../../../cli/child-process.ts";
import { readConfiguration } from "../../../cli/doctor/read-configuration.ts";

const VALUES = JSON.stringify({ "delivery:errors": { value: "off", secret: false } });
const WRONG = "incorrect passphrase";

/** An engine that fails the named commands. */
function engine(failures: Readonly<Record<string, string>>): { run(...args: string[]): Promise<RunResult> } {
  return {
    run: async (...args) => {
      const failure = failures[args.join(" ")];
      if (failure !== undefined) return { code: 255, stdout: "", stderr: `error: ${failure}\n` };
      return { code: 0, stdout: args[0] === "config" ? VALUES : '{"deployment":{}}', stderr: "" };
    },
  };
}

describe("delivery doctor: the secrets of a stack", () => {
  it("are readable where the file and the state can be decrypted", async () => {
    const { value } = await readConfiguration(engine({}));
    assert.deepEqual(value, { values: JSON.parse(VALUES) });
  });

  it("are not when the passphrase opens not the file, or not the state of a file without a secret", async () => {
    for (const command of ["config --json --show-secrets", "stack export --show-secrets"]) {
      const { value } = await readConfiguration(engine({ [command]: WRONG }));
      assert.match(value?.unreadableSecrets ?? "", /^incorrect passphrase/, command);
      assert.deepEqual(value?.values, JSON.parse(VALUES));
    }
  });

  it("are not the problem of a stack that does not exist", async () => {
    const none = "no stack named 'prod' found";
    const { value } = await readConfiguration(engine({ "stack export --show-secrets": none, "stack export": none }));
    assert.deepEqual(value, { values: JSON.parse(VALUES) });
  });
});
