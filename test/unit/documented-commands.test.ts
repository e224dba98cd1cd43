/** Every `delivery` command that a page mentions exists and takes the options that it is shown with. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import ts from "typescript";
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

  it("are called in the one way that never downloads the package of another project that has this name", async () => {
    const found = new Map<string, string[]>();
    for (const name of await pages()) {
      const text = await readFile(join(projectRoot, name), "utf8");
      const code = name.endsWith(".md") ? codeIn(text) : [text];
      // The page about security tells why not.
      if (name !== "SECURITY.md") assert.doesNotMatch(text, /npx (?:--yes |-y )?delivery\b/, name);
      found.set(name, code.flatMap(bareCalls));
    }
    const sources = await sourceFiles();
    for (const name of sources)
      found.set(name, textsIn(name, await readFile(join(projectRoot, name), "utf8")).flatMap(bareCalls));
    assert.ok(sources.length > 500, `only ${sources.length} files were read`);
    assert.deepEqual(
      [...found].filter(([, calls]) => calls.length > 0),
      [],
    );
  });

  it("are what messages name for a change, and not the engine alone, which makes no check", async () => {
    const found: string[] = [];
    for (const name of (await sourceFiles()).filter((file) => /^(cli|infra)\//.test(file) && !/\/docs\//.test(file)))
      for (const text of textsIn(name, await readFile(join(projectRoot, name), "utf8")))
        if (UNCHECKED.test(text)) found.push(`${name}: ${text}`);
    assert.deepEqual(found, []);
    for (const text of ["run `pulumi up`.", "then pulumi refresh"]) assert.match(text, UNCHECKED);
  });

  it("are found where they would be called otherwise", () => {
    const source =
      "const a = `run \\`delivery up ${x} --yes\\``; throw new Error('delivery recover: first'); // delivery up";
    assert.deepEqual(textsIn("a.ts", source).flatMap(bareCalls), ["delivery up", "delivery recover"]);
    assert.deepEqual(bareCalls("npx --no delivery up, npm run delivery -- up, the delivery of it"), []);
  });
});

const COMMANDS = "adopt|doctor|drift|engine|init|outputs|preview|pulumi|recover|releases?|rollback|seal|up";
const BARE = new RegExp(`(?<!npx --no )(?<![\\w./-])(?<!# )delivery (?:${COMMANDS})\\b(?! part| the)`, "g");

/** An operation by the engine's bare name; how a release came to be is told by it, and what it does by itself. */
const UNCHECKED = /(?<!-- |delivery )\bpulumi (?:up\b(?!, number|` builds)|refresh|destroy|cancel|preview)\b/;

/** Calls of the command by its bare name, which is on nobody's PATH. */
function bareCalls(text: string): string[] {
  return [...text.matchAll(BARE)].map(([call]) => call);
}

/** Every page and file that is no program's source and shows commands. */
async function pages(): Promise<string[]> {
  const docs = (await readdir(join(projectRoot, "docs"))).filter((name) => name.endsWith(".md"));
  const others = ["README.md", "SECURITY.md", "examples/README.md", ".circleci/config.yml", "cli/delivery.js"];
  return [...others, "Pulumi.prod.yaml", "Pulumi.sandbox.yaml", ...docs.map((page) => join("docs", page))];
}

async function sourceFiles(): Promise<string[]> {
  const folders = ["cli", "contract", "infra", "lib", "pipeline", "policy", "providers", "sandbox", "stacks"];
  const files = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(projectRoot, folder), { recursive: true });
      return names.filter((name) => !name.includes("node_modules")).map((name) => join(folder, name));
    }),
  );
  return files.flat().filter((name) => name.endsWith(".ts"));
}

/** The texts of a program's source, without its comments. */
function textsIn(name: string, source: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node))
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("x"));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest));
  return texts;
}
