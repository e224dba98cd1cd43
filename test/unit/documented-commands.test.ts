/** Every `delivery` command that a page mentions exists and takes the options that it is shown with. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { runCommandLine } from "../../cli/program.ts";
import { projectRoot } from "../../sandbox/paths.ts";

/** `npx --no delivery preview --publish`, in a block of commands or inside a sentence. */
const MENTION = /\bdelivery ([a-z]+)((?: +(?:--?[\w-]+|<[^>]+>|[\w./"$@:=-]+))*)/g;
/** What is handed to the engine as it is. */
const PASSED_ON = ["pulumi"];

async function helpOf(command: string): Promise<{ code: number; help: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const { signal } = new AbortController();
  const context = { env: {}, signal, stdout, stderr: stderr as unknown as NodeJS.WriteStream };
  const code = await runCommandLine([command, "--help"], context);
  stdout.end();
  return { code, help: await text(stdout) };
}

/** What is code in a page: fenced blocks and code spans. */
function codeIn(page: string): string[] {
  return [...page.matchAll(/^ *```(?:sh|yaml)\n(.*?)^ *```$|`([^`\n]+)`/gms)].map(
    ([, block, span]) => block ?? span ?? "",
  );
}

describe("the commands that the pages show", () => {
  it("exist, with their options", async () => {
    const pages = (await readdir(join(projectRoot, "docs"))).filter((name) => name.endsWith(".md"));
    const helps = new Map<string, Promise<{ code: number; help: string }>>();
    let checked = 0;
    for (const name of ["README.md", ...pages.map((page) => join("docs", page))]) {
      const code = codeIn(await readFile(join(projectRoot, name), "utf8"));
      for (const [mention, command = "", rest = ""] of code.flatMap((piece) => [...piece.matchAll(MENTION)])) {
        if (PASSED_ON.includes(command)) continue;
        const known = helps.get(command) ?? helpOf(command);
        helps.set(command, known);
        const { code: exit, help } = await known;
        assert.equal(exit, 0, `${name}: there is no command of "${mention}"`);
        for (const [option] of rest.matchAll(/(?<= )--?[a-z][\w-]*/g))
          assert.match(help, new RegExp(`(^|[\\s,])${option}\\b`), `${name}: "${mention}" has no option ${option}`);
        checked += 1;
      }
    }
    assert.ok(checked > 30, `only ${checked} commands were found`);
  });

  it("never let npx download the package of another project that has this command's name", async () => {
    const pages = (await readdir(join(projectRoot, "docs"))).filter((name) => name.endsWith(".md"));
    const others = ["README.md", ".circleci/config.yml", "cli/delivery.js"];
    for (const name of [...others, ...pages.map((page) => join("docs", page))])
      assert.doesNotMatch(await readFile(join(projectRoot, name), "utf8"), /npx (?:--yes |-y )?delivery\b/, name);
  });
});
