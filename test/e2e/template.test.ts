/** A program of one's own: `pulumi new` from this repository, a stack by `delivery init`, and its first preview. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
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
    chain = await openScriptedChain({
      // Where other copies are, so that what Node has compiled for one is found for the next.
      async project(place) {
        await rename(made, place);
        made = place;
        return place;
      },
    });
    const { stdout, code, stderr } = await chain.pulumi("preview");
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /website-sandbox +create/);
  });

  /** Runs a command that init has shown as it stands there; gives what it prints. */
  const follow = async (command: string, env: NodeJS.ProcessEnv, input = ""): Promise<string> => {
    const { all } = await execa("bash", ["-euo", "pipefail", "-c", command], {
      cwd: made,
      env,
      extendEnv: false,
      input,
      all: true,
    });
    return all;
  };

  it("comes up by the commands that `delivery init` shows, one after the other", async () => {
    const app = join(made, "..", "site");
    await cp(join(projectRoot, "sandbox", "app"), app, { recursive: true });
    const { PULUMI_OPTION_CONFIG_FILE: _, PULUMI_BACKEND_URL: __, ...rest } = chain.home.env;
    const { PULUMI_CONFIG_PASSPHRASE: ___, ...machine } = rest;
    const home = join(folder, "user");
    await mkdir(home);
    // A user's machine: no token, no backend, no passphrase; git with a name, GitHub behind a folder.
    const shell: NodeJS.ProcessEnv = {
      ...machine,
      HOME: home,
      GIT_CONFIG_GLOBAL: join(home, "gitconfig"),
      GIT_AUTHOR_NAME: "A",
      GIT_AUTHOR_EMAIL: "a@acme.example",
      GIT_COMMITTER_NAME: "A",
      GIT_COMMITTER_EMAIL: "a@acme.example",
    };
    const tokens = ["GITHUB_TOKEN", "CIRCLE_TOKEN", "SENTRY_AUTH_TOKEN", "RENDER_API_KEY"];
    const values: Record<string, string> = { PULUMI_CONFIG_PASSPHRASE: "a passphrase" };
    for (const token of tokens) {
      values[token] = machine[token] ?? assert.fail(token);
      // Render's and Sentry's are there already, so that init lists the accounts.
      if (!["SENTRY_AUTH_TOKEN", "RENDER_API_KEY"].includes(token)) delete shell[token];
    }
    const given = ["github:owner=acme", "application.path=../site", "errors.platform=other"];
    const init = ["init", "live", "--yes", "--json", ...given.flatMap((answer) => ["--set", answer])];
    const shown = await execa(process.execPath, [join(made, "cli", "main.ts"), ...init], {
      cwd: made,
      env: shell,
      extendEnv: false,
    });
    const { next } = JSON.parse(shown.stdout) as { next: string[] };

    const origin = join(folder, "origin.git");
    const done: string[] = [];
    for (const line of next) {
      // The Pulumi CLI takes ~ for what the machine knows as the user's home, whatever HOME says.
      const command = line.replace("file://~", pathToFileURL(home).href);
      const [, name = "", value] = /^export (\w+)=(.*)$/.exec(command) ?? [];
      if (value !== undefined) {
        assert.equal(value, "...");
        shell[name] = values[name] ?? assert.fail(`nobody knows ${name}`);
      } else if (command.includes("config set --secret")) await follow(command, shell, "a registry's password");
      else if (command.startsWith("npx --no delivery doctor"))
        assert.match(await follow(command, shell).catch(saidOf), /GitHub/);
      else {
        if (command.startsWith("git ") && !existsSync(origin)) await makeOrigin(origin, shell);
        await follow(command.startsWith("npx --no delivery up") ? `${command} --yes` : command, shell).catch(
          (error) => {
            if (!command.startsWith("npx --no delivery preview") || error.exitCode !== 2) throw error;
          },
        );
      }
      done.push(command.split(" ").slice(0, 4).join(" "));
    }
    assert.ok(done.includes("npx --no delivery up") && done.at(-1)?.startsWith("git -C ../site push"), done.join("\n"));
    assert.doesNotMatch(await readFile(join(made, "Pulumi.live.yaml"), "utf8"), /a registry's password/);
    const pushed = await execa("git", ["--git-dir", origin, "ls-tree", "-r", "--name-only", "main"]);
    for (const file of [".circleci/config.yml", "Dockerfile", "README.md", "manage.py"])
      assert.ok(pushed.stdout.split("\n").includes(file), pushed.stdout);
  });

  /** The repository that `up` has made, for git: what the emulated GitHub holds, with a commit of its own. */
  const makeOrigin = async (origin: string, shell: NodeJS.ProcessEnv): Promise<void> => {
    const work = join(folder, "first");
    const git = (...args: string[]) => execa("git", args, { env: shell, extendEnv: false });
    await git("init", "--quiet", "--bare", "--initial-branch", "main", origin);
    await git("init", "--quiet", "--initial-branch", "main", work);
    for (const path of ["README.md", "Dockerfile", ".circleci/config.yml"]) {
      const { content } = await chain.call("github", "GET", `/api/v3/repos/acme/site/contents/${path}`);
      await mkdir(dirname(join(work, path)), { recursive: true });
      await writeFile(join(work, path), Buffer.from(content, "base64"));
    }
    await git("-C", work, "add", "--all");
    await git("-C", work, "commit", "--quiet", "--message", "Initial commit");
    await git("-C", work, "push", "--quiet", origin, "HEAD:main");
    const address = `${new URL(shell["GITHUB_BASE_URL"] ?? "").origin}/acme/site.git`;
    const rewrite = `[url "${pathToFileURL(origin).href}"]\n\tinsteadOf = ${address}\n`;
    await writeFile(shell["GIT_CONFIG_GLOBAL"] ?? "", rewrite);
  };
});

/** What a command that failed has printed. */
function saidOf(error: { all?: string }): string {
  return error.all ?? "";
}
