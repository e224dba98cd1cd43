/** What the SDK loads with itself, and what only when it is used. In processes of their own: this one has loaded it. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../sandbox/paths.ts";

const LIGHT = join(projectRoot, "lib", "light-sdk.ts");
const LOADED = `
  const loaded = (name) => Object.keys(sdk.cache).some((file) => file.includes(name) && sdk.cache[file].children.length + file.endsWith("typescript.js") > 0);
  const seldom = () => [loaded("/node_modules/@npmcli/arborist/"), loaded("/typescript/lib/typescript.js")];
`;

/** Runs a program that has the SDK as `pulumi`; gives what it prints as JSON. */
async function run(imports: string, program: string): Promise<unknown> {
  const source = `
    ${imports}
    import { createRequire } from "node:module";
    const sdk = createRequire(${JSON.stringify(join(projectRoot, "package.json"))});
    const pulumi = sdk("@pulumi/pulumi");
    ${LOADED}
    ${program}
  `;
  const args = ["--input-type=module", "--eval", source];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectRoot });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

describe("the SDK, loaded lightly", () => {
  const light = `import ${JSON.stringify(LIGHT)};`;

  it("loads npm's dependency tree and the compiler without it, and neither with it", async () => {
    const program = "console.log(JSON.stringify(seldom()));";
    assert.deepEqual(await run("", program), [true, true]);
    assert.deepEqual(await run(light, program), [false, false]);
  });

  it("still serializes a function and has the tree, for which it loads both", async () => {
    const program = `
      const { text } = await pulumi.runtime.serializeFunction((x) => x + 1);
      const { Arborist } = createRequire(sdk.resolve("@pulumi/pulumi"))("@npmcli/arborist");
      const tree = new Arborist({ path: "." });
      console.log(JSON.stringify({ text, tree: typeof tree.loadActual, seldom: seldom() }));
    `;
    const { text, ...loaded } = (await run(light, program)) as { text: string };
    assert.match(text, /x \+ 1/);
    assert.deepEqual(loaded, { tree: "function", seldom: [true, true] });
  });

  it("is what the program and the policy pack import before the SDK", async () => {
    const { readFile } = await import("node:fs/promises");
    const importsOf = async (file: string): Promise<string[]> => {
      const text = await readFile(join(projectRoot, file), "utf8");
      return [...text.matchAll(/^import (?!type).*?"(.+)";$/gm)].map(([, name = ""]) => name);
    };
    assert.equal((await importsOf("stacks/index.ts")).indexOf("../lib/light-sdk.ts"), 1, "after what has to be first");
    assert.equal((await importsOf("policy/index.ts")).indexOf("../lib/light-sdk.ts"), 0);
  });
});
