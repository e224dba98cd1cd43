/** docs/operations.md, "People" and "The state", on a protected chain. The steps build on each other. */
import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { killWhen } from "./recover/killed-engine.ts";
import { followEntry } from "./support/documented-entry.ts";
import { fillInIds } from "./support/import-ids.ts";
import { useOwnStackFile } from "./support/own-stack-file.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

const UP = ["up", "--yes", "--skip-preview"];
const REFRESH = ["refresh", "--yes", "--skip-preview"];

describe("operations: people and state", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  before(async () => {
    chain = await openScriptedChain();
    await useOwnStackFile(chain);
    await chain.succeed("config", "set", "delivery:protect", "true");
    await chain.succeed(...UP);
  });
  after(async () => {
    await chain?.close();
  });

  const writesDuring = async (work: () => Promise<unknown>): Promise<string[]> => {
    const before = (await chain.console.writes()).length;
    await work();
    return (await chain.console.writes()).slice(before);
  };
  /** Services that still have objects. */
  const servicesInUse = async (): Promise<string[]> =>
    Object.entries(await chain.console.state()).flatMap(([service, kinds]) =>
      Object.values(kinds).some((count) => count > 0) ? [service] : [],
    );

  it("A new colleague", async () => {
    const home = join(chain.projectDir, "..", "colleague");
    await mkdir(home);
    await symlink(join(chain.home.env["PULUMI_HOME"] ?? "", "plugins"), join(home, "plugins"));
    const { PULUMI_BACKEND_URL: backend = "", PULUMI_CONFIG_PASSPHRASE: passphrase = "" } = chain.home.env;
    const values = { backend, passphrase, stack: "sandbox" };
    const env = { PULUMI_HOME: home, PULUMI_BACKEND_URL: "", PULUMI_CONFIG_PASSPHRASE: "" };
    const follow = (given: string) =>
      followEntry(chain, "A new colleague", { values: { ...values, passphrase: given }, env });
    assert.deepEqual(await writesDuring(() => follow(passphrase)), []);
    await assert.rejects(follow("wrong"), /incorrect passphrase/);
  });

  it("A lock left behind", async () => {
    const path = "/api/0/**";
    await chain.console.fault({ service: "sentry", method: "GET", path, when: "before", action: { delayMs: 600_000 } });
    await killWhen(chain.home, REFRESH, async () => (await chain.console.faultsHit()) > 0);
    await chain.console.clearFaults();
    const { code, stderr } = await chain.pulumi(...REFRESH);
    assert.notEqual(code, 0);
    assert.match(stderr, /currently locked/);
    assert.deepEqual(await writesDuring(() => followEntry(chain, "A lock left behind")), []);
  });

  it("A lost state", async () => {
    const { resources } = await chain.state();
    const counts = await chain.console.state();
    await chain.succeed("stack", "rm", "--yes", "--force", "--preserve-config");
    await chain.succeed("stack", "init", "sandbox");
    await followEntry(chain, "A lost state", { block: 0 });
    await fillInIds(join(chain.projectDir, "import.json"), resources);
    const writes = await writesDuring(() => followEntry(chain, "A lost state", { block: 1 }));
    assert.deepEqual(writes, []);
    assert.deepEqual(await chain.console.state(), counts);
  });

  it("Leave one service", async () => {
    const before = await chain.console.state();
    const { outputs } = (await chain.state()).only("pulumi:pulumi:Stack");
    const { dsn } = outputs["errors"] as { dsn: string };
    const writes = await writesDuring(() => followEntry(chain, "Leave one service", { values: { part: "errors" } }));
    assert.deepEqual(writes, []);
    const urns = (await chain.state()).resources.map(({ urn }) => urn);
    assert.ok(urns.every((urn) => !/sentry|errors/.test(urn)));
    assert.equal((await chain.succeed("config", "get", "delivery:errors")).trim(), "off");
    await chain.succeed("config", "set", "--path", "delivery:site.variables.SENTRY_DSN", dsn);
    const afterwards = await writesDuring(() => chain.succeed(...UP));
    assert.deepEqual(
      afterwards.map((line) => line.replace(/\/context\/[\w-]+/, "")).sort(),
      ["DSN", "ENVIRONMENT"].map((name) => `circleci DELETE /api/v2/environment-variable/SENTRY_${name}`),
    );
    assert.deepEqual((await chain.console.state())["sentry"], before["sentry"]);
  });

  it("Destroy what is protected, and keep the data", async () => {
    const refused = await chain.pulumi("destroy", "--yes", "--skip-preview");
    assert.match(refused.stdout + refused.stderr, /cannot be deleted\s+because it is protected/);
    const [state, before] = [await chain.succeed("stack", "export"), await chain.console.state()];
    await followEntry(chain, "Destroy what is protected, and keep the data");
    assert.deepEqual((await chain.state()).resources, []);
    const after = await chain.console.state();
    for (const service of ["github", "sentry", "render"]) assert.deepEqual(after[service], before[service]);
    assert.deepEqual([after["circleci"]?.["projects"], after["circleci"]?.["contexts"]], [0, 0]);
    const file = join(chain.projectDir, "state.json");
    await writeFile(file, state);
    await chain.succeed("stack", "import", "--file", file);
  });

  it("Destroy everything", async () => {
    await followEntry(chain, "Destroy everything");
    assert.deepEqual(await servicesInUse(), ["sentry"], "what was released stays");
  });
});
