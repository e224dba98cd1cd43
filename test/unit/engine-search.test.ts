import assert from "node:assert/strict";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findEngine } from "../../cli/engine/index.ts";
import {
  type FakeMachine,
  fakeMachine,
  type RecordedProgress,
  recordedProgress,
  writeEngine,
  writeProgram,
} from "./engine-fakes.ts";

describe("the engine on PATH", () => {
  let machine: FakeMachine;
  let progress: RecordedProgress;
  const find = () => findEngine({ progress, env: machine.env });

  beforeEach(async () => {
    machine = await fakeMachine();
    progress = recordedProgress();
  });
  afterEach(() => machine.remove());

  it("is taken when it is recent enough and has its language host", async () => {
    await writeEngine(machine.bin, "3.280.0");
    const pulumi = join(machine.bin, "pulumi");
    assert.deepEqual(await find(), { pulumi, binDir: machine.bin, version: "3.280.0", source: "path" });
    assert.deepEqual(progress.notes, []);
  });

  it("may have its language host elsewhere on PATH", async () => {
    await writeEngine(machine.bin, "3.274.1", false);
    const hosts = join(machine.root, "hosts");
    await writeProgram(join(hosts, "pulumi-language-nodejs"), "");
    machine.env["PATH"] = `${machine.bin}:${hosts}`;
    assert.equal((await find())?.source, "path");
  });

  it("may be a link into the folder where its language host lies", async () => {
    const cellar = join(machine.root, "cellar");
    await writeEngine(cellar, "3.274.1");
    await symlink(join(cellar, "pulumi"), join(machine.bin, "pulumi"));
    assert.equal((await find())?.pulumi, join(machine.bin, "pulumi"));
  });

  it("is named with its version, the wanted one and the next step when it is too old", async () => {
    await writeEngine(machine.bin, "3.269.9");
    assert.equal(await find(), undefined);
    assert.equal(progress.notes.length, 1);
    assert.match(progress.notes[0] ?? "", /bin\/pulumi is Pulumi 3\.269\.9; this project needs 3\.270\.0 or newer/);
    assert.match(progress.notes[0] ?? "", /install it with `.+`\. Another engine is looked for\./);
  });

  it("is passed over when it is a pre-release of the minimum or of a next major version", async () => {
    for (const version of ["3.270.0-alpha.1", "4.0.0"]) {
      await writeEngine(machine.bin, version);
      assert.equal(await find(), undefined, version);
    }
  });

  it("is passed over without a language host", async () => {
    await writeEngine(machine.bin, "3.280.0", false);
    assert.equal(await find(), undefined);
    assert.match(progress.notes[0] ?? "", /has no pulumi-language-nodejs beside it or on PATH/);
  });

  it("is a later one when the first does not do", async () => {
    await writeEngine(machine.bin, "3.200.0", false);
    const other = join(machine.root, "other");
    await writeEngine(other, "3.276.0");
    machine.env["PATH"] = `${machine.bin}:${other}`;
    assert.equal((await find())?.pulumi, join(other, "pulumi"));
  });

  it("is passed over when it cannot be run", async () => {
    await writeProgram(join(machine.bin, "pulumi"), 'console.error("bad CPU type"); process.exitCode = 86;');
    assert.equal(await find(), undefined);
    assert.match(progress.notes[0] ?? "", /gave exit code 86 and no version: bad CPU type/);
  });

  it("is not the script of the npm package, which only downloads one", async () => {
    const script = join(machine.root, "node_modules", "pulumi", "run.js");
    const started = join(machine.root, "started");
    await writeProgram(
      script,
      `require("node:fs").writeFileSync(${JSON.stringify(started)}, ""); console.log("v3.280.0");`,
    );
    const shims = join(machine.root, "node_modules", ".bin");
    await mkdir(shims);
    await symlink("../pulumi/run.js", join(shims, "pulumi"));
    machine.env["PATH"] = shims;
    assert.equal(await find(), undefined);
    await assert.rejects(rm(started), { code: "ENOENT" });
  });
});

describe("the engine in the cache", () => {
  let machine: FakeMachine;
  let progress: RecordedProgress;
  const find = () => findEngine({ progress, env: machine.env });

  beforeEach(async () => {
    machine = await fakeMachine();
    progress = recordedProgress();
  });
  afterEach(() => machine.remove());

  it("comes after a good one on PATH and before none", async () => {
    await writeEngine(machine.cache, "3.274.1");
    const pulumi = join(machine.cache, "pulumi");
    assert.deepEqual(await find(), { pulumi, binDir: machine.cache, version: "3.274.1", source: "npm" });
    await writeEngine(machine.bin, "3.280.0");
    assert.equal((await find())?.source, "path");
  });

  it("lies in ~/.pulumi when PULUMI_HOME is not set", async () => {
    const { PULUMI_HOME: _home, ...env } = machine.env;
    await writeEngine(join(machine.root, ".pulumi", "versions", "3.274.1", "bin"), "3.274.1");
    assert.equal((await findEngine({ progress, env }))?.binDir, join(machine.root, ".pulumi/versions/3.274.1/bin"));
  });

  it("is known to be built by its language host", async () => {
    await writeEngine(machine.cache, "3.274.1");
    await writeProgram(join(machine.cache, "pulumi-language-nodejs-3.68.0"), "");
    assert.equal((await find())?.source, "built");
  });

  it("is not used when it is broken, another version, or without its language host", async () => {
    await writeEngine(machine.cache, "3.274.1");
    await writeFile(join(machine.cache, "pulumi"), "");
    assert.equal(await find(), undefined);
    await writeEngine(machine.cache, "3.200.0");
    assert.equal(await find(), undefined);
    await writeEngine(machine.cache, "3.274.1", false);
    await rm(join(machine.cache, "pulumi-language-nodejs"));
    assert.equal(await find(), undefined);
    assert.match(progress.notes[1] ?? "", /cannot be used and is replaced: it is Pulumi 3\.200\.0, not 3\.274\.1/);
    assert.match(progress.notes[2] ?? "", /it has no pulumi-language-nodejs beside it/);
  });
});
