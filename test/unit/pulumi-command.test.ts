import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type FakeMachine, fakeMachine, writeEngine, writeProgram } from "./engine-fakes.ts";

const DELIVERY = resolve(import.meta.dirname, "../../cli/delivery.js");

describe("delivery pulumi", () => {
  let machine: FakeMachine;
  beforeEach(async () => {
    machine = await fakeMachine();
    await writeEngine(machine.bin, "3.280.0");
    await writeFile(join(machine.root, "Pulumi.yaml"), "name: site\nruntime: nodejs\n");
  });
  afterEach(() => machine.remove());

  /** A `pulumi` that shows this state, notes every other call in a file, and ends with code 7. */
  const engineWithState = (deployment: object): Promise<void> =>
    writeProgram(
      join(machine.bin, "pulumi"),
      `const args = process.argv.slice(2);
if (args[0] === "version") console.log("v3.280.0");
else if (args.includes("export")) console.log(${JSON.stringify(JSON.stringify({ version: 3, deployment }))});
else {
  require("node:fs").writeFileSync(${JSON.stringify(join(machine.root, "call"))}, args.join(" "));
  process.exitCode = 7;
}`,
    );
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [DELIVERY, "pulumi", ...args], {
      cwd: machine.root,
      env: machine.env,
      encoding: "utf8",
    });
  const passedOn = (): Promise<string | undefined> =>
    readFile(join(machine.root, "call"), "utf8").catch(() => undefined);

  it("hands every argument on, --help and --json too, and ends with the engine's exit code", async () => {
    await engineWithState({});
    assert.equal(run("preview", "--json", "-s", "prod", "--help").status, 7);
    assert.equal(await passedOn(), "preview --json -s prod --help");
  });

  it("runs up when no operation is pending", async () => {
    await engineWithState({ resources: [] });
    assert.equal(run("up", "--yes").status, 7);
    assert.equal(await passedOn(), "up --yes");
  });

  it("refuses up while an interrupted operation is pending, and names the command that mends it", async () => {
    const urn = "urn:pulumi:prod::site::render:index:WebService::site";
    const resource = { urn, type: "render:index:WebService", custom: true };
    await engineWithState({ resources: [], pending_operations: [{ type: "creating", resource }] });
    const { status, stderr } = run("up", "--yes", "--stack", "prod");
    assert.equal(status, 1);
    assert.match(stderr, /site \(creating\)/);
    assert.match(stderr, /npx delivery recover/);
    assert.equal(await passedOn(), undefined);
  });

  it("names a missing entry of the program before the engine starts", async () => {
    await engineWithState({});
    await writeFile(join(machine.root, "Pulumi.yaml"), "name: site\nruntime: nodejs\nmain: gone.ts\n");
    const { status, stderr } = run("preview");
    assert.equal(status, 1);
    assert.match(stderr, /gone\.ts does not exist/);
    assert.equal(await passedOn(), undefined);
  });
});
