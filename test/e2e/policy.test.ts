/** The policy pack, run by the engine on previews of a chain. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { RunResult } from "../../cli/child-process.ts";
import { policyFlags } from "../../cli/policy-flags.ts";
import { rules } from "../../policy/rules/index.ts";
import { projectRoot } from "../../sandbox/paths.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

const TOKEN = `ghp_${"0a".repeat(18)}`;
const PASSWORD = "correct-horse";

/** What the configuration does not offer, done to the program. */
const TRANSFORMS = `
import * as circleci from "../providers/circleci/index.ts";
import * as render from "../providers/render/index.ts";
import { transform } from "../lib/transform.ts";

transform(circleci.Project, "pipeline", (project) => {
  project.settings = { forksReceiveSecretEnvVars: true, setGithubStatus: false };
});
transform(render.WebService, "site", (site) => {
  delete site.healthCheckPath;
});
`;

type Config = Record<string, unknown>;

describe("the policy pack, end to end", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  let stackFile: string;
  let written: { config: Config };
  before(async () => {
    chain = await openScriptedChain();
    stackFile = chain.home.env["PULUMI_OPTION_CONFIG_FILE"] ?? assert.fail("the stack has no file of its own");
    written = parse(await readFile(stackFile, "utf8"));
  });
  after(async () => {
    await chain?.close();
  });

  /** Previews the sandbox's stack with parts of its configuration changed. */
  const preview = async (changes: Readonly<Config> = {}): Promise<RunResult> => {
    const config = { ...written.config };
    for (const [key, change] of Object.entries(changes)) {
      const isMap = typeof change === "object" && !Array.isArray(change);
      config[key] = isMap ? { ...(config[key] as object | undefined), ...change } : change;
    }
    await writeFile(stackFile, stringify({ ...written, config }));
    return chain.pulumi("preview", ...policyFlags(chain.projectDir));
  };
  /** The rules that found something, by how much it weighs. */
  const found = ({ stdout }: RunResult, level: "mandatory" | "advisory"): string[] => {
    const lines = stdout.matchAll(/^ +- \[(mandatory|advisory)\] .*?\]? {2}([a-z-]+) {2}\(/gm);
    return [...new Set([...lines].filter(([, of]) => of === level).map(([, , rule = ""]) => rule))].sort();
  };
  const named = (level: "mandatory" | "advisory"): string[] =>
    rules
      .filter((rule) => rule.level === level)
      .map(({ name }) => name)
      .sort();

  it("has nothing to say of the sandbox's stack", async () => {
    const run = await preview();
    assert.equal(run.code, 0, `${run.stdout}\n${run.stderr}`);
    assert.match(run.stdout, /✅ delivery@/);
    assert.deepEqual([...found(run, "mandatory"), ...found(run, "advisory")], []);
  });

  it("has nothing to say of the example of a production stack", async () => {
    const { config } = parse(await readFile(join(projectRoot, "Pulumi.prod.yaml"), "utf8")) as { config: Config };
    const { ownerId } = written.config["delivery:site"] as { ownerId: string };
    const run = await preview({
      ...config,
      "delivery:application": { name: "site", path: "sandbox/app" },
      "delivery:image": { ...(config["delivery:image"] as object), password: PASSWORD },
      "delivery:errors": { ...(config["delivery:errors"] as object), platform: "other" },
      "delivery:site": { ...(config["delivery:site"] as object), ownerId },
    });
    assert.equal(run.code, 0, `${run.stdout}\n${run.stderr}`);
    assert.deepEqual([...found(run, "mandatory"), ...found(run, "advisory")], []);
  });

  describe("on a production stack that breaks every rule", () => {
    const BROKEN = {
      "delivery:production": true,
      "delivery:protect": false,
      "delivery:repository": { visibility: "public", ruleset: { reviews: 0 }, pipelineFile: "off" },
      "delivery:pipeline": { restrictContext: false },
      "delivery:image": { delivery: "continuous", tag: "latest" },
      "delivery:site": {
        plan: "pro_ultra",
        region: "singapore",
        variables: { BOT: TOKEN, LEGACY_URL: `postgres://site:${PASSWORD}@db/site`, DB_PASSWORD: PASSWORD },
      },
      "delivery:database": { plan: "basic_256mb", version: "17", allow: ["0.0.0.0/0"] },
    };
    const settings = async (policies: object): Promise<void> =>
      writeFile(join(chain.projectDir, "policy", "config.json"), JSON.stringify({ version: 2, policies }));
    const asked = {
      "allowed-region": { regions: ["frankfurt"] },
      "database-standby": { databases: ["site-sandbox"] },
    };
    before(async () => {
      await writeFile(join(chain.projectDir, "stacks", "transforms.ts"), TRANSFORMS);
      await settings(asked);
    });

    it("tells all findings at once, with a remedy and without a secret, and fails", async () => {
      const run = await preview(BROKEN);
      assert.equal(run.code, 1);
      assert.deepEqual(found(run, "mandatory"), named("mandatory"), `${run.stdout}\n${run.stderr}`);
      assert.deepEqual(found(run, "advisory"), named("advisory"));
      for (const { title, reason, mend } of rules)
        for (const text of [title, `Why: ${reason}`, `Fix: ${mend}`]) assert.ok(run.stdout.includes(text), text);
      const said = run.stdout.slice(run.stdout.indexOf("Policies:"), run.stdout.indexOf("Outputs:"));
      assert.ok(!said.includes(TOKEN) && !said.includes(PASSWORD), said);
    });

    it("lets pass what the team's configuration of the pack makes advice", async () => {
      await settings({ all: "advisory", ...asked });
      const run = await preview(BROKEN);
      assert.equal(run.code, 0, `${run.stdout}\n${run.stderr}`);
      assert.deepEqual(found(run, "mandatory"), []);
      assert.equal(found(run, "advisory").length, rules.length);
    });
  });
});
