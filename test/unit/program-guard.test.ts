import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { addFiles, makeFolder, removeFolder } from "./support/configuration.ts";

const guard = resolve(import.meta.dirname, "../../lib/must-finish.ts");

describe("program guard", () => {
  let folder: string;
  before(async () => {
    // The engine's host imports the program dynamically: then Node itself takes an early end for success.
    folder = await makeFolder({
      "host.mjs": 'process.on("unhandledRejection", () => {});\nimport("./program.mjs");\n',
    });
  });
  after(() => removeFolder(folder));

  async function run(program: string): Promise<{ code: unknown; stderr: string }> {
    await addFiles(folder, { "program.mjs": program });
    return new Promise((done) => {
      execFile(process.execPath, [join(folder, "host.mjs")], (error, _stdout, stderr) =>
        done({ code: error ? error.code : 0, stderr }),
      );
    });
  }
  const guarded = (body: string): string => `import ${JSON.stringify(guard)};
import { finished } from ${JSON.stringify(guard)};
${body}
finished();
`;

  it("is needed: without it a promise that never settles ends a program successfully", async () => {
    assert.equal((await run("await new Promise(() => {});")).code, 0);
  });

  it("fails a program whose promise never settles, and says so in plain words", async () => {
    const { code, stderr } = await run(guarded("await new Promise(() => {});"));
    assert.equal(code, 13);
    assert.match(stderr, /ended before its last line: something in it waits for a promise that never settles/);
    assert.match(stderr, /nothing is deleted/);
  });

  it("fails it as well when a module that it imports never settles", async () => {
    await addFiles(folder, { "stuck.mjs": "await new Promise(() => {});" });
    assert.equal((await run(guarded('import "./stuck.mjs";'))).code, 13);
  });

  it("lets a program that runs to its end succeed in silence", async () => {
    assert.deepEqual(await run(guarded("await new Promise((done) => setTimeout(done, 1));")), { code: 0, stderr: "" });
  });

  it("leaves an error to the engine's host, which has shown it", async () => {
    const { code, stderr } = await run(guarded('throw new Error("of its own");'));
    assert.equal(code, 32);
    assert.doesNotMatch(stderr, /never settles/);
  });

  it("is imported first by the program, and let go on its last line", async () => {
    const program = await readFile(resolve(guard, "../../stacks/index.ts"), "utf8");
    const lines = program.split("\n").filter((line) => line !== "");
    assert.equal(
      lines.find((line) => line.startsWith("import")),
      'import "../lib/must-finish.ts";',
    );
    assert.equal(lines.at(-1), "finished();");
  });
});
