import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readPulumiArguments } from "../../cli/pulumi-arguments.ts";
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
else if (args.includes("export")) {
  require("node:fs").writeFileSync(${JSON.stringify(join(machine.root, "export"))}, args.join(" "));
  console.log(${JSON.stringify(JSON.stringify({ version: 3, deployment }))});
}
else {
  require("node:fs").writeFileSync(${JSON.stringify(join(machine.root, "call"))}, args.join(" "));
  require("node:fs").writeFileSync(${JSON.stringify(join(machine.root, "host"))}, process.env.DOCKER_HOST ?? "");
  process.exitCode = 7;
}`,
    );
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [DELIVERY, "pulumi", ...args], {
      cwd: machine.root,
      env: machine.env,
      encoding: "utf8",
    });
  const exportedBy = (): Promise<string | undefined> =>
    readFile(join(machine.root, "export"), "utf8").catch(() => undefined);
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
    assert.match(stderr, /npx --no delivery recover/);
    assert.equal(await passedOn(), undefined);
  });

  /** Every way to name the stack and the folder, and how the state that is looked at is named. */
  const namings: [args: string[], stack: string | undefined, folder: string | undefined][] = [
    [["up"], undefined, undefined],
    [["up", "--stack", "prod"], "prod", undefined],
    [["up", "--stack=prod"], "prod", undefined],
    [["up", "-s", "prod"], "prod", undefined],
    [["up", "-s=prod"], "prod", undefined],
    [["up", "-sprod"], "prod", undefined],
    [["up", "-yfs", "prod"], "prod", undefined],
    [["up", "-ysprod"], "prod", undefined],
    [["-s=prod", "up"], "prod", undefined],
    [["update", "-sdev", "--stack", "prod"], "prod", undefined],
    [["up", "-m", "-sdev", "-sprod"], "prod", undefined],
    [["up", "--message", "--stack=dev", "-sprod"], "prod", undefined],
    [["up", "-C", "below", "-sprod"], "prod", "below"],
    [["-C=below", "up"], undefined, "below"],
    [["-Cbelow", "up", "-y"], undefined, "below"],
    [["up", "--cwd", "below"], undefined, "below"],
    [["--cwd=below", "up"], undefined, "below"],
  ];
  for (const [args, stack, cwd] of namings) {
    it(`sees where \`${args.join(" ")}\` goes`, () => {
      assert.deepEqual(readPulumiArguments(args), { isUpdate: true, isDestroy: false, stack, cwd });
    });
  }

  it("looks for pending operations there", async () => {
    const pending = { type: "creating", resource: { urn: "urn:pulumi:prod::site::a:b:C::site", type: "a:b:C" } };
    await engineWithState({ resources: [], pending_operations: [pending] });
    await mkdir(join(machine.root, "below"));
    await writeFile(join(machine.root, "below", "Pulumi.yaml"), "name: site\nruntime: nodejs\n");
    assert.equal(run("-C=below", "up", "-s=prod").status, 1);
    assert.equal(await passedOn(), undefined);
    assert.equal(await exportedBy(), "stack export --cwd below --stack prod --non-interactive");
  });

  it("takes nothing else that is called up for the command", () => {
    for (const args of [
      ["preview", "-m", "up"],
      ["preview", "-C", "up"],
      ["preview", "--message", "up"],
    ]) {
      assert.equal(readPulumiArguments(args).isUpdate, false);
    }
  });

  it("names a missing entry of the program before the engine starts", async () => {
    await engineWithState({});
    await writeFile(join(machine.root, "Pulumi.yaml"), "name: site\nruntime: nodejs\nmain: gone.ts\n");
    const { status, stderr } = run("preview");
    assert.equal(status, 1);
    assert.match(stderr, /gone\.ts does not exist/);
    assert.equal(await passedOn(), undefined);
  });

  it("shows the engine the DOCKER_HOST of the state, whatever this machine has", async () => {
    const urn = "urn:pulumi:prod::site::pulumi:providers:docker-build::default_0_0_22";
    const image = { urn: "urn:pulumi:prod::site::docker-build:index:Image::image", type: "docker-build:index:Image" };
    const deployed = (host: object) => ({
      resources: [
        { urn, type: "pulumi:providers:docker-build", id: "1", inputs: host },
        { ...image, provider: `${urn}::1` },
      ],
    });
    const seen = (): Promise<string> => readFile(join(machine.root, "host"), "utf8");
    for (const [deployment, host, args] of [
      [{ resources: [] }, "", ["preview"]],
      [deployed({}), "", ["up", "--yes"]],
      [deployed({ host: "tcp://there:2375" }), "tcp://there:2375", ["preview"]],
      [deployed({ host: "tcp://there:2375" }), "tcp://there:2375", ["destroy", "--run-program"]],
    ] as const) {
      await engineWithState(deployment);
      const { status } = spawnSync(process.execPath, [DELIVERY, "pulumi", ...args], {
        cwd: machine.root,
        env: { ...machine.env, DOCKER_HOST: "unix:///here.sock", DOCKER_CONFIG: join(machine.root, "docker") },
        encoding: "utf8",
      });
      assert.equal(status, 7);
      assert.equal(await seen(), host, args.join(" "));
    }
  });
});
