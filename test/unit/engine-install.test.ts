import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "../../cli/child-process.ts";
import { ensureEngineFrom } from "../../cli/engine/ensure.ts";
import { UserError } from "../../cli/user-error.ts";
import {
  type FakeMachine,
  fakeMachine,
  pulumiBody,
  type RecordedProgress,
  recordedProgress,
  writeEngine,
  writeGo,
  writeProgram,
} from "./engine-fakes.ts";

/** Makes the npm package's script "download" an engine of this version. */
async function writeDownload(machine: FakeMachine, version: string): Promise<void> {
  await writeFile(
    machine.sources.npmWrapper,
    `const fs = require("node:fs");
const bin = process.env.PULUMI_HOME + "/versions/" + process.env.PULUMI_VERSION + "/bin";
console.error("Downloading pulumi v" + process.env.PULUMI_VERSION + "...");
fs.mkdirSync(bin, { recursive: true });
const body = ${JSON.stringify(`#!${process.execPath}\n${pulumiBody(version)}\n`)};
for (const name of ["pulumi", "pulumi-language-nodejs"]) fs.writeFileSync(bin + "/" + name, body, { mode: 0o755 });
`,
  );
}

describe("installing the engine", () => {
  let machine: FakeMachine;
  let progress: RecordedProgress;
  const ensure = () => ensureEngineFrom(machine.sources, { progress, env: machine.env });
  const goCalls = async () => (await readFile(join(machine.root, "go.log"), "utf8")).trim().split("\n");
  const cached = () => readdir(join(machine.cache, "..", ".."));

  beforeEach(async () => {
    machine = await fakeMachine();
    progress = recordedProgress();
  });
  afterEach(() => machine.remove());

  it("does nothing when the engine is there", async () => {
    await writeEngine(machine.cache, "3.274.1");
    await writeGo(machine);
    await ensure();
    assert.deepEqual(progress.titles, []);
    assert.equal(existsSync(join(machine.root, "go.log")), false);
  });

  it("downloads the release through the npm package, into its own folder", async () => {
    await writeDownload(machine, "3.274.1");
    assert.deepEqual(await ensure(), {
      pulumi: join(machine.cache, "pulumi"),
      binDir: machine.cache,
      version: "3.274.1",
      source: "npm",
    });
    assert.deepEqual(progress.titles, ["Downloading the Pulumi engine 3.274.1 (about 1 min)"]);
    assert.deepEqual(progress.details, ["Downloading pulumi v3.274.1..."]);
    assert.deepEqual(await cached(), ["3.274.1"]);
  });

  it("builds the engine and its language host when no release is in reach", async () => {
    await writeGo(machine);
    const engine = await ensure();
    assert.equal(engine.source, "built");
    assert.equal(engine.binDir, machine.cache);
    assert.match(progress.notes[0] ?? "", /^Download failed: the npm package pulumi .+ "pulumi: fetch failed"$/);
    assert.deepEqual((await readdir(machine.cache)).sort(), [
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-language-nodejs-3.68.0",
    ]);
    assert.match(await readFile(join(machine.cache, "pulumi-language-nodejs"), "utf8"), / -typescript=false "\$@"$/m);
    assert.deepEqual(await goCalls(), ["env", "list", "build", "env", "list", "build"]);
    assert.deepEqual(await cached(), ["3.274.1"]);
  });

  it("shows what the build is doing, with an estimate", async () => {
    await writeGo(machine);
    await ensure();
    assert.ok(progress.titles.includes("Building the Pulumi engine 3.274.1 (about 3 min with empty caches)"));
    assert.ok(progress.details.includes("modules downloaded: 1"));
    assert.ok(progress.details.includes("2 of at most 3 packages"));
  });

  it("starts the built language host with the flag that leaves TypeScript to Node", async () => {
    await writeGo(machine);
    await ensure();
    const echo = `console.log(JSON.stringify(process.argv.slice(2)));`;
    await writeProgram(join(machine.cache, "pulumi-language-nodejs-3.68.0"), echo);
    const { stdout } = await runProcess(join(machine.cache, "pulumi-language-nodejs"), ["a b", "127.0.0.1:1"], {
      env: process.env,
    });
    assert.deepEqual(JSON.parse(stdout), ["-typescript=false", "a b", "127.0.0.1:1"]);
  });

  it("replaces an engine that cannot be used, and clears what a killed installation left", async () => {
    await writeEngine(machine.cache, "3.200.0");
    await mkdir(join(machine.cache, "..", "..", ".3.274.1-killed"));
    await writeDownload(machine, "3.274.1");
    assert.equal((await ensure()).version, "3.274.1");
    assert.deepEqual(await cached(), ["3.274.1"]);
  });

  it("builds when the download brings another version", async () => {
    await writeDownload(machine, "3.1.0");
    await writeGo(machine);
    assert.equal((await ensure()).source, "built");
    assert.match(progress.notes[0] ?? "", /Download failed: it is Pulumi 3\.1\.0, not 3\.274\.1/);
  });

  it("shows the last lines of a failed build and leaves nothing behind", async () => {
    await writeGo(machine, {
      onBuild: `for (let n = 1; n <= 20; n++) console.error("line " + n); process.exitCode = 2; return;`,
    });
    await assert.rejects(ensure(), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(
        error.message,
        /`go build` failed with exit code 2; its last lines:\n {2}line 6\n(.|\n)* {2}line 20\n/,
      );
      assert.doesNotMatch(error.message, /line 5\n/);
      return true;
    });
    assert.deepEqual(await cached(), []);
  });

  it("says how to install the engine when nothing works here", async () => {
    await assert.rejects(ensure(), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /3\.274\.1 can be neither downloaded nor built/);
      assert.match(error.message, /Download failed: .+fetch failed/);
      assert.match(error.message, /Build failed: there is no `go` on PATH; Go 1\.26\.6 or newer is needed/);
      assert.match(error.nextStep, /install it with `.+`/);
      return true;
    });
  });

  it("names a Go that is too old, by its own answer or by its refusal", async () => {
    await writeGo(machine, { version: "go1.19.8" });
    await assert.rejects(ensure(), /bin\/go is Go 1\.19\.8; 1\.26\.6 or newer is needed/);
    const refusal = "go: go.mod requires go >= 1.26.6 (running go 1.22.2; GOTOOLCHAIN=local)";
    await writeProgram(join(machine.bin, "go"), `console.error("${refusal}"); process.exitCode = 1;`);
    await assert.rejects(ensure(), /GOVERSION` failed: go: go\.mod requires go >= 1\.26\.6/);
  });

  it("builds for this system, whatever the user builds for otherwise", async () => {
    const seen = join(machine.root, "environment.json");
    await writeGo(machine, {
      onBuild: `const { GOOS, GOFLAGS, GOWORK, CGO_ENABLED, GOTMPDIR } = process.env;
        fs.writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ GOOS, GOFLAGS, GOWORK, CGO_ENABLED, GOTMPDIR }));`,
    });
    Object.assign(machine.env, { GOOS: "windows", GOFLAGS: "-mod=vendor", GOWORK: "/elsewhere/go.work" });
    await ensure();
    const { GOTMPDIR, ...rest } = JSON.parse(await readFile(seen, "utf8"));
    assert.deepEqual(rest, { GOWORK: "off", CGO_ENABLED: "0" });
    assert.equal(existsSync(GOTMPDIR), false);
  });

  it("names a folder that it may not write to", async () => {
    const file = join(machine.root, "file");
    await writeFile(file, "");
    machine.env["PULUMI_HOME"] = file;
    await assert.rejects(ensure(), (error) => {
      assert.ok(error instanceof UserError);
      assert.ok(error.message.startsWith(`The engine's folder ${join(file, "versions")} cannot be made: `));
      assert.match(error.nextStep, /PULUMI_HOME/);
      return true;
    });
  });
});
