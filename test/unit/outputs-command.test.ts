import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { runCommandLine } from "../../cli/program.ts";
import { type FakeMachine, fakeMachine, writeProgram } from "./engine-fakes.ts";

const OUTPUTS = {
  contractVersion: 1,
  application: "site",
  environment: "production",
  site: { id: "srv-1", url: "https://site.example" },
};

describe("delivery outputs", () => {
  let machine: FakeMachine;
  beforeEach(async () => {
    machine = await fakeMachine();
    await writeProgram(join(machine.bin, "pulumi-language-nodejs"), "");
  });
  afterEach(() => machine.remove());

  /** Runs it with an engine that prints these outputs for the stack `prod`. */
  const run = async (outputs: object, ...args: string[]) => {
    const answers = {
      version: "v3.280.0",
      "stack output --json --stack prod --non-interactive": JSON.stringify(outputs),
    };
    await writeProgram(
      join(machine.bin, "pulumi"),
      `const answer = ${JSON.stringify(answers)}[process.argv.slice(2).join(" ")];
       if (answer) console.log(answer); else { console.error("error: no stack named 'test' found"); process.exitCode = 1; }`,
    );
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const context = { env: machine.env, signal: new AbortController().signal };
    const streams = { stdout, stderr: stderr as unknown as NodeJS.WriteStream };
    const code = await runCommandLine(["outputs", ...args], { ...context, ...streams });
    return { code, stdout: stdout.read()?.toString() ?? "", stderr: stderr.read()?.toString() ?? "" };
  };

  it("shows an output a line", async () => {
    const { code, stdout } = await run(OUTPUTS, "--stack", "prod");
    assert.equal(code, 0);
    assert.match(stdout, /^site\.url +https:\/\/site\.example$/m);
  });

  it("says so when the stack has none yet, and what makes them", async () => {
    const { code, stdout, stderr } = await run({}, "--stack", "prod");
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    assert.match(stderr, /The stack has no outputs.*\n.*npx --no delivery up/);
  });

  it("prints JSON alone, or writes it to a file", async () => {
    assert.deepEqual(JSON.parse((await run(OUTPUTS, "--stack", "prod", "--json")).stdout), OUTPUTS);
    const file = join(machine.root, "outputs.json");
    const { stdout } = await run(OUTPUTS, "--stack", "prod", "--file", file);
    assert.equal(stdout, `Written to ${file}.\n`);
    assert.deepEqual(JSON.parse(await readFile(file, "utf8")), OUTPUTS);
  });

  it("says which file cannot be written", async () => {
    const { code, stderr } = await run(
      OUTPUTS,
      "--stack",
      "prod",
      "--file",
      join(machine.root, "none", "outputs.json"),
    );
    assert.equal(code, 1);
    assert.match(stderr, /outputs cannot be written: .*none\/outputs\.json.*\nGive --file a path/);
  });

  it("refuses a secret, and writes nothing", async () => {
    const file = join(machine.root, "outputs.json");
    const secret = { ...OUTPUTS, site: { id: "srv-1", url: "[secret]" } };
    const { code, stderr } = await run(secret, "--stack", "prod", "--file", file);
    assert.equal(code, 1);
    assert.match(stderr, /output site\.url is secret, and the contract carries no secrets/);
    await assert.rejects(readFile(file), { code: "ENOENT" });
  });

  it("refuses outputs that do not keep the contract, as those of an empty stack", async () => {
    const { code, stderr } = await run({ keep: "me" }, "--stack", "prod");
    assert.equal(code, 1);
    assert.match(stderr, /do not keep the contract:(.|\n)*Run `npx --no delivery up` first/);
  });

  it("says that a stack cannot be read, in the engine's words", async () => {
    const { code, stderr } = await run(OUTPUTS, "--stack", "test");
    assert.equal(code, 1);
    assert.match(
      stderr,
      /cannot be read: no stack named 'test' found\n.*stack ls` lists the stacks.*\nThen run this again/,
    );
  });
});
