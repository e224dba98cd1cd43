/** A program of one's own: `pulumi new` from this repository, a stack by `delivery init`, and its first preview. */
import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { execa } from "execa";
import { parse } from "yaml";
import { ensureEngine } from "../../cli/engine/index.ts";
import { silentProgress } from "../../cli/progress.ts";
import { projectRoot } from "../../sandbox/paths.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

/** What lies in a checkout and is not of the repository. */
const NOT_COMMITTED = ["node_modules", ".git", ".delivery", ".sandbox", "coverage"];

describe("pulumi new, end to end", function () {
  this.timeout(900_000);
  let folder: string;
  let template: string;
  let made: string;
  let chain: ScriptedChain;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-template-"));
    template = join(folder, "template");
    // As the engine clones it from an address.
    const isCommitted = (path: string): boolean => !NOT_COMMITTED.includes(relative(projectRoot, path));
    await cp(projectRoot, template, { recursive: true, verbatimSymlinks: true, filter: isCommitted });
    await mkdir(join(template, ".git"));
    await writeFile(join(template, ".git", "HEAD"), "ref: refs/heads/main\n");
    made = join(folder, "website");
    await mkdir(made);
    const engine = await ensureEngine({ progress: silentProgress });
    const env = { PULUMI_HOME: join(folder, "home"), PULUMI_SKIP_UPDATE_CHECK: "true" };
    await execa(engine.pulumi, ["new", template, "--generate-only", "--yes", "--name", "website"], { cwd: made, env });
  });
  after(async () => {
    await chain?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const filesOf = async (root: string): Promise<string[]> => {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory());
    return files.map((entry) => relative(root, join(entry.parentPath, entry.name))).sort();
  };
  const isExecutable = async (path: string): Promise<boolean> => ((await stat(path)).mode & 0o100) !== 0;

  it("copies every file of the repository and none of its history", async () => {
    const expected = (await filesOf(template)).filter((path) => !path.startsWith(".git/"));
    assert.deepEqual(await filesOf(made), expected);
  });

  it("copies them as they are, the plugins executable; only the project's own file is written anew", async () => {
    for (const path of await filesOf(made)) {
      assert.equal(await isExecutable(join(made, path)), await isExecutable(join(template, path)), path);
      const [copy, original] = await Promise.all([readFile(join(made, path)), readFile(join(template, path))]);
      if (path !== "Pulumi.yaml") assert.ok(copy.equals(original), `${path} is changed`);
    }
    const project = parse(await readFile(join(made, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
    assert.equal(project["name"], "website");
    assert.equal(project["main"], "stacks/index.ts");
    assert.equal("template" in project, false);
  });

  it("makes a program that runs in the sandbox under the name that was given", async () => {
    await symlink(join(projectRoot, "node_modules"), join(made, "node_modules"));
    chain = await openScriptedChain({ project: () => Promise.resolve(made) });
    const { stdout, code, stderr } = await chain.pulumi("preview");
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /website-sandbox +create/);
  });

  it("previews what `delivery init` has written, after the commands that it shows", async () => {
    const answers = {
      "github:owner": "acme",
      "application.path": "sandbox/app",
      "application.name": "site",
      "errors.team": "web",
      "errors.platform": "other",
      "site.ownerId": "tea-qq7f2uo48u621ffmqj55",
    };
    const { PULUMI_OPTION_CONFIG_FILE: _, ...env } = chain.home.env;
    const command = { cwd: made, env: { ...env, PULUMI_STACK: "live" }, extendEnv: false };
    const given = Object.entries(answers).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
    const init = [join(made, "cli", "main.ts"), "init", "live", "--yes", "--json", ...given];
    const { next } = JSON.parse((await execa(process.execPath, init, command)).stdout) as { next: string[] };
    assert.equal(next[0], "pulumi stack init live");
    assert.equal(next[1], "pulumi config set --secret --path 'delivery:image.password' --stack live");

    const { pulumi } = chain.home.engine;
    await execa(pulumi, ["stack", "init", "live", "--no-select"], command);
    const setPassword = ["config", "set", "--secret", "--path", "delivery:image.password"];
    await execa(pulumi, setPassword, { ...command, input: "a registry's password" });
    const { stdout } = await execa(pulumi, ["preview"], command);
    assert.match(stdout, /render:index:WebService +site +create/);
    assert.doesNotMatch(await readFile(join(made, "Pulumi.live.yaml"), "utf8"), /a registry's password/);
  });
});
