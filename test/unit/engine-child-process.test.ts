import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProcess } from "../../cli/child-process.ts";
import { fileWritten, processEnded } from "./engine-processes.ts";

describe("running a program", () => {
  let folder: string;
  const run = (script: string, signal?: AbortSignal, onErrorLine?: (line: string) => void) =>
    runProcess(process.execPath, ["-e", script, join(folder, "pid")], {
      env: process.env,
      signal,
      ...(onErrorLine ? { onErrorLine } : {}),
    });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "engine-process-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("gives exit code and output, and each line of standard error as it comes", async () => {
    const lines: string[] = [];
    const script = `process.stdout.write("out"); process.stderr.write("one\\ntwo"); process.exitCode = 3;`;
    const result = await run(script, undefined, (line) => lines.push(line));
    assert.deepEqual(result, { code: 3, stdout: "out", stderr: "one\ntwo" });
    assert.deepEqual(lines, ["one", "two"]);
  });

  it("fails with the system's error when there is no such program", async () => {
    await assert.rejects(runProcess(join(folder, "absent"), [], { env: {} }), { code: "ENOENT" });
  });

  it("starts nothing when it is aborted already", async () => {
    const reason = new Error("enough");
    await assert.rejects(run("", AbortSignal.abort(reason)), reason);
  });

  it("kills a program that does not end when asked to", async () => {
    const abort = new AbortController();
    const stubborn = `process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);
      require("node:fs").writeFileSync(process.argv[1], process.pid + "\\n");`;
    const running = run(stubborn, abort.signal);
    const pid = Number(await fileWritten(join(folder, "pid")));
    abort.abort(new Error("enough"));
    await assert.rejects(running, /enough/);
    await processEnded(pid);
  });

  it("kills what the program started, even when that ignores the request", async () => {
    const abort = new AbortController();
    const stubborn = `process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);
      require("node:fs").writeFileSync(process.argv[1], process.pid + "\\n");`;
    const parent = `require("node:child_process").spawn(process.execPath,
      ["-e", ${JSON.stringify(stubborn)}, process.argv[1]], { stdio: "ignore" });`;
    const running = run(parent, abort.signal);
    const pid = Number(await fileWritten(join(folder, "pid")));
    abort.abort(new Error("enough"));
    await assert.rejects(running, /enough/);
    await processEnded(pid);
  });
});
