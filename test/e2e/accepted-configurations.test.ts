/** Ten drawn configurations, always the same, previewed by the engine with the plugins' own checks. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import {
  acceptedConfiguration,
  type DrawnConfiguration,
  refusedConfiguration,
} from "../unit/support/drawn-configuration.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

const SEED = 20_261_124;
const SURROUNDINGS = { path: "sandbox/app", ownerId: "tea-qq7f2uo48u621ffmqj55" };
const ACCEPTED = fc.sample(acceptedConfiguration(SURROUNDINGS), { seed: SEED, numRuns: 7 });
const REFUSED = fc.sample(refusedConfiguration(SURROUNDINGS), { seed: SEED, numRuns: 3 });

describe("drawn configurations, end to end", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  let file: string;
  let salt: string;
  before(async () => {
    chain = await openScriptedChain();
    file = chain.home.env["PULUMI_OPTION_CONFIG_FILE"] ?? assert.fail("the stack has no file of its own");
    salt = (parse(await readFile(file, "utf8")) as { encryptionsalt: string }).encryptionsalt;
  });
  after(async () => {
    await chain?.close();
  });

  const preview = async (config: DrawnConfiguration) => {
    await writeFile(file, stringify({ encryptionsalt: salt, config }));
    const { code, stdout, stderr } = await chain.pulumi("preview", "--json");
    return { code, stdout, stderr };
  };
  const titleOf = (config: DrawnConfiguration): string => {
    const on = ["repository", "pipeline", "errors", "site"].filter(
      (part) => typeof config[`delivery:${part}`] === "object",
    );
    const { delivery } = config["delivery:image"] as { delivery: string };
    return `${String(config["delivery:declares"])}, ${delivery}; ${on.join(", ")}`;
  };

  for (const [at, config] of ACCEPTED.entries())
    it(`previews number ${at + 1}: ${titleOf(config)}`, async () => {
      const { code, stdout, stderr } = await preview(config);
      assert.equal(code, 0, `${stdout}\n${stderr}\n${stringify(config)}`);
      const { steps } = JSON.parse(stdout) as { steps: { op: string }[] };
      assert.ok(steps.length > 1);
      for (const { op } of steps) assert.ok(op === "create" || op === "read", `a first preview plans to ${op}`);
    });

  for (const { config, key } of REFUSED)
    it(`refuses a mistake at ${key}, and calls no service`, async () => {
      await chain.console.reset();
      const { code, stdout, stderr } = await preview(config);
      assert.notEqual(code, 0);
      assert.ok(`${stdout}${stderr}`.includes(`${key} `), `${key} is not named in\n${stdout}\n${stderr}`);
      assert.deepEqual(await chain.console.traffic(), []);
    });
});
