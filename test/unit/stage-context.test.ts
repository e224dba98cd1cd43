import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { contextRules } from "../../lib/context/context-rules.ts";
import { contextEntries } from "../../lib/context/context-walk.ts";
import { folderEntries } from "../../lib/context/file-names.ts";
import { type StagedContext, stageContext } from "../../lib/context/stage-context.ts";
import { type ProcessIdentity, processIdentity } from "../../lib/process-identity.ts";
import { addFiles, makeFolder, removeFolder } from "./support/configuration.ts";

describe("staged context", () => {
  let root: string;
  let source: string;
  let stage: string;
  beforeEach(async () => {
    root = await makeFolder({
      "app/manage.py": "print()",
      "app/site/urls.py": "urls",
      "app/site/static/logo.svg": "<svg/>",
      Dockerfile: "FROM scratch",
    });
    source = join(root, "app");
    stage = join(root, "stage");
  });
  afterEach(async () => {
    if (process.getuid?.() !== 0) execFileSync("chmod", ["-R", "u+rwX", root]);
    await removeFolder(root);
  });

  const run = (dockerfile = join(root, "Dockerfile"), holder?: ProcessIdentity): Promise<StagedContext> =>
    stageContext(source, dockerfile, stage, holder);
  const paths = (context: StagedContext): string[] => [...context.files.keys()];
  const at = ({ folder }: StagedContext, path: string): string => join(stage, folder, path);
  const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
  const folders = async (): Promise<string[]> =>
    (await readdir(stage, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  async function stagedPaths(context: StagedContext): Promise<string[]> {
    const top = at(context, "context");
    const entries = await readdir(top, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(top.length + 1))
      .sort();
  }
  /** Makes the files older than any file system's clock is coarse. */
  async function settle(): Promise<void> {
    // A change of times is a change of the inode, so that only waiting or a clock that is ahead helps.
    const { now } = Date;
    Date.now = () => now() + 10_000;
    try {
      await run();
    } finally {
      Date.now = now;
    }
  }

  it("copies the application's files, and the Dockerfile beside them", async () => {
    const context = await run();
    assert.deepEqual(paths(context), ["manage.py", "site/static/logo.svg", "site/urls.py"]);
    assert.deepEqual(await stagedPaths(context), paths(context));
    assert.equal(await readFile(at(context, "context/manage.py"), "utf8"), "print()");
    assert.equal(await readFile(at(context, "Dockerfile"), "utf8"), "FROM scratch");
    const rules = await readFile(at(context, "Dockerfile.dockerignore"), "utf8");
    const active = rules.split("\n").filter((line) => line && !line.startsWith("#"));
    assert.deepEqual(active, [], "no rule that would leave out more");
  });

  it("gives every file and folder one of two modes, whatever umask and source say", async () => {
    await chmod(join(source, "manage.py"), 0o700);
    await chmod(join(source, "site/urls.py"), 0o640);
    const umask = process.umask(0o077);
    try {
      const context = await run();
      assert.equal(await modeOf(at(context, "context/manage.py")), 0o755);
      assert.equal(await modeOf(at(context, "context/site/urls.py")), 0o644);
      assert.equal(await modeOf(at(context, "context")), 0o755);
      assert.equal(await modeOf(at(context, "context/site/static")), 0o755);
    } finally {
      process.umask(umask);
    }
  });

  it("does not depend on modes beyond the executable bit, on times or on where the source lies", async () => {
    const before = await run();
    await chmod(join(source, "manage.py"), 0o604);
    await utimes(join(source, "manage.py"), new Date(0), new Date(0));
    assert.equal((await run()).folder, before.folder);
    await addFiles(join(root, "elsewhere"), {
      "manage.py": "print()",
      "site/urls.py": "urls",
      "site/static/logo.svg": "<svg/>",
    });
    const other = await stageContext(join(root, "elsewhere"), join(root, "Dockerfile"), stage);
    assert.deepEqual([other.folder, other.contentHash], [before.folder, before.contentHash]);
  });

  it("tells content, executable bit and links apart, also when it knows the files from before", async () => {
    await settle();
    const changed = async (): Promise<readonly [string, string]> => {
      const context = await run();
      const { kind = "", sha256 = "" } = context.files.get("manage.py") ?? {};
      return [kind, sha256];
    };
    const [kind, hash] = await changed();
    assert.equal(kind, "file");
    await chmod(join(source, "manage.py"), 0o755);
    assert.deepEqual(await changed(), ["executable", hash]);
    await writeFile(join(source, "manage.py"), "print(1)");
    assert.notEqual((await changed())[1], hash);
    await rm(join(source, "manage.py"));
    await symlink("site/urls.py", join(source, "manage.py"));
    assert.equal((await changed())[0], "link");
    assert.equal(await readlink(at(await run(), "context/manage.py")), "site/urls.py");
  });

  it("sees a change that keeps a file's size and time", async () => {
    const file = join(source, "manage.py");
    await utimes(file, new Date(1e12), new Date(1e12));
    await settle();
    const before = await run();
    await writeFile(file, "PRINT()");
    await utimes(file, new Date(1e12), new Date(1e12));
    assert.notEqual((await run()).folder, before.folder);
  });

  it("keeps a link that leads out of the context as a link", async () => {
    await symlink("/nowhere/at/all", join(source, "outside"));
    const context = await run();
    assert.ok(paths(context).includes("outside"));
    assert.equal(await readlink(at(context, "context/outside")), "/nowhere/at/all");
  });

  it("keeps names that are not valid UTF-8, byte by byte", async () => {
    const name = Buffer.concat([Buffer.from(`${source}/caf`), Buffer.of(0xe9), Buffer.from(".txt")]);
    await writeFile(name, "latin");
    await writeFile(join(source, "caf\uFFFD.txt"), "replacement");
    const context = await run();
    assert.deepEqual(
      paths(context).filter((path) => path.startsWith("caf")),
      ["caf\udce9.txt", "caf\uFFFD.txt"],
    );
    const staged = await readdir(at(context, "context"), { encoding: "buffer" });
    assert.ok(staged.some((bytes) => bytes.equals(Buffer.from("caf\xe9.txt", "latin1"))));
    assert.equal((await run()).folder, context.folder);
    await unlink(name);
  });

  it("copies files that are larger than a read, and clones very large ones", async () => {
    const large = "0123456789abcdef".repeat(1 << 16);
    await addFiles(source, { "large.bin": large, "huge.bin": large.repeat(5) });
    const context = await run();
    assert.equal(await readFile(at(context, "context/large.bin"), "utf8"), large);
    assert.ok((await readFile(at(context, "context/huge.bin"), "utf8")) === large.repeat(5));
    const { nlink } = await stat(at(context, "context/huge.bin"));
    assert.equal(nlink, 1, "a hard link would change with the application's file");
    await writeFile(join(source, "huge.bin"), large.repeat(4).concat("x".repeat(large.length)));
    assert.notEqual((await run()).folder, context.folder);
    assert.ok((await readFile(at(context, "context/huge.bin"), "utf8")) === large.repeat(5));
  });

  it("reads many files by several threads, to the same result", async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => [`m/${index % 40}/f${index}.py`, `# ${index}\n`]);
    await addFiles(source, Object.fromEntries(many));
    const context = await run();
    assert.equal(context.files.size, 2_503);
    assert.equal((await stagedPaths(context)).length, 2_503);
    await settle();
    assert.equal((await run()).contentHash, context.contentHash);
    await chmod(at(context, "context/m/1"), 0o700);
    assert.equal((await run()).folder, context.folder);
    assert.equal(await modeOf(at(context, "context/m/1")), 0o755);
  });

  describe("in a folder that is named by its content", () => {
    it("never changes what another run reads", async () => {
      const first = await run();
      await writeFile(join(source, "manage.py"), "print(2)");
      const second = await run();
      assert.notEqual(second.folder, first.folder);
      assert.equal(await readFile(at(first, "context/manage.py"), "utf8"), "print()");
      assert.equal(await readFile(at(second, "context/manage.py"), "utf8"), "print(2)");
    });

    it("holds the same for two runs at once", async () => {
      const [one, other] = await Promise.all([run(), run()]);
      assert.equal(one.folder, other.folder);
      assert.deepEqual(await stagedPaths(one), paths(one));
      assert.deepEqual(await folders(), [one.folder]);
    });

    it("follows the Dockerfile, too, and no comment of the ignore file", async () => {
      await addFiles(source, { ".dockerignore": "docs\n" });
      const before = await run();
      await addFiles(source, { ".dockerignore": "# Documents are for people.\ndocs\n\n" });
      assert.equal((await run()).folder, before.folder);
      await writeFile(join(root, "Dockerfile"), "FROM other");
      assert.notEqual((await run()).folder, before.folder);
    });

    it("is not copied again while nothing changes", async () => {
      await settle();
      const before = await run();
      const { ino } = await stat(at(before, "context/manage.py"));
      assert.equal((await run()).folder, before.folder);
      await utimes(join(source, "manage.py"), new Date(), new Date());
      assert.equal((await run()).folder, before.folder);
      assert.equal((await stat(at(before, "context/manage.py"))).ino, ino);
    });

    const damages: Record<string, (folder: string) => Promise<unknown>> = {
      "a changed file": (folder) => writeFile(join(folder, "context/manage.py"), "half"),
      "a file more": (folder) => addFiles(folder, { "context/left/over.py": "x" }),
      "a file less": (folder) => unlink(join(folder, "context/site/urls.py")),
      "another mode": (folder) => chmod(join(folder, "context/site/urls.py"), 0o600),
      "another mode of a folder": (folder) => chmod(join(folder, "context/site"), 0o700),
      "a changed Dockerfile": (folder) => writeFile(join(folder, "Dockerfile"), "half"),
      "an ignore file of its own": (folder) => writeFile(join(folder, "Dockerfile.dockerignore"), "*"),
      "no list of its files": (folder) => unlink(join(folder, "files.json")),
    };
    for (const [what, damage] of Object.entries(damages))
      it(`is staged again when it has ${what}`, async () => {
        await settle();
        const before = await run();
        await damage(join(stage, before.folder));
        const after = await run();
        assert.equal(after.folder, before.folder);
        assert.deepEqual(await stagedPaths(after), paths(before));
        assert.equal(await readFile(at(after, "context/manage.py"), "utf8"), "print()");
        assert.equal(await modeOf(at(after, "context/site/urls.py")), 0o644);
        assert.equal(await modeOf(at(after, "context/site")), 0o755);
        assert.equal(await readFile(at(after, "Dockerfile"), "utf8"), "FROM scratch");
        assert.match(await readFile(at(after, "Dockerfile.dockerignore"), "utf8"), /^#/);
      });

    it("stays while its holder runs, and goes when it has ended, but for the two newest", async () => {
      const child = spawn(process.execPath, ["--eval", "process.stdin.resume()"], {
        stdio: ["pipe", "ignore", "ignore"],
      });
      const holder = processIdentity(child.pid ?? 0);
      assert.ok(holder);
      const ended = { pid: 1, startTime: "never" };
      const versions: string[] = [];
      const version = async (text: string, by: ProcessIdentity): Promise<void> => {
        await writeFile(join(source, "manage.py"), text);
        versions.push((await run(undefined, by)).folder);
      };
      await version("held", holder);
      try {
        for (const text of ["old", "older", "newer", "newest"]) await version(text, ended);
        assert.deepEqual((await folders()).sort(), [versions[0], ...versions.slice(-2)].sort());
      } finally {
        child.stdin.end();
        await once(child, "exit");
      }
      await run(undefined, ended);
      assert.ok(!(await folders()).includes(versions[0] ?? ""));
    });

    it("goes with what a crashed run left", async () => {
      const { folder } = await run();
      await addFiles(stage, {
        "incoming-1/context/half.py": "half",
        "incoming-1.999999.holder": JSON.stringify({ pid: process.pid, startTime: "1", host: "elsewhere" }),
      });
      await run();
      assert.ok((await folders()).includes("incoming-1"), "what runs on another machine cannot be seen");
      const long = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
      await utimes(join(stage, "incoming-1.999999.holder"), long, long);
      await run();
      assert.deepEqual(await folders(), [folder]);
    });

    it("is not filled by what is only half known", async () => {
      await settle();
      for (const name of (await readdir(stage)).filter((name) => name.startsWith("known-")))
        await writeFile(join(stage, name), '{"version":1,"source"');
      assert.deepEqual(await stagedPaths(await run()), ["manage.py", "site/static/logo.svg", "site/urls.py"]);
    });

    it("holds no half of a run that failed", async () => {
      // A path that the system takes below the source, but no longer below the stage.
      const deep = join(source, ...Array.from({ length: 70 }, () => "d".repeat(60))).slice(0, 4_085);
      await mkdir(deep, { recursive: true });
      await writeFile(join(deep, "f"), "f");
      await assert.rejects(run(), /ENAMETOOLONG/);
      assert.deepEqual(await folders(), []);
    });
  });

  describe("with an ignore file", () => {
    beforeEach(() =>
      addFiles(source, { "README.md": "read", "docs/a.md": "a", "docs/keep.md": "k", "x.pyc": "1", "site/y.pyc": "2" }),
    );

    it("leaves out what it names, and lets exceptions back in", async () => {
      await addFiles(source, { ".dockerignore": "# notes\n**/*.pyc\ndocs\n!docs/keep.md\n*.md\n" });
      assert.deepEqual(paths(await run()), ["docs/keep.md", "manage.py", "site/static/logo.svg", "site/urls.py"]);
    });

    it("prefers the Dockerfile's own, and leaves out both unless one is asked for", async () => {
      await addFiles(source, { ".dockerignore": "site\n" });
      await addFiles(root, { "Dockerfile.dockerignore": "docs\nREADME.md\n**/*.pyc\n" });
      assert.deepEqual(paths(await run()), ["manage.py", "site/static/logo.svg", "site/urls.py"]);
      await addFiles(root, { "Dockerfile.dockerignore": "docs\n!.dockerignore\n" });
      assert.ok(paths(await run()).includes(".dockerignore"));
    });

    it("takes case for a difference", async () => {
      await addFiles(source, { ".dockerignore": "Docs\nREADME.MD\n*.PYC\n" });
      assert.equal(paths(await run()).length, 8);
    });

    it("enters no ignored folder, unless an exception may reach into it", async () => {
      await addFiles(source, { ".dockerignore": "docs\nmedia\n!docs/keep.md\n", "media/a/b": "b" });
      const opened: string[] = [];
      const rules = await contextRules(source, join(root, "Dockerfile"));
      const found = contextEntries(source, rules, (folder) => {
        opened.push(folder.slice(source.length + 1));
        return folderEntries(folder);
      });
      assert.deepEqual(opened.sort(), ["", "docs", "site", "site/static"]);
      assert.ok(found.some(({ path }) => path === "docs/keep.md"));
    });

    it("passes an ignored folder that cannot be read, and stops at another", async () => {
      await addFiles(source, { ".dockerignore": "docs\n!**/keep.md\n" });
      const rules = await contextRules(source, join(root, "Dockerfile"));
      const locked = (name: string) => (folder: string) => {
        if (folder.endsWith(`/${name}`)) throw Object.assign(new Error(`EACCES: ${name}`), { code: "EACCES" });
        return folderEntries(folder);
      };
      const found = contextEntries(source, rules, locked("docs")).map(({ path }) => path);
      assert.deepEqual(found, [
        "README.md",
        "manage.py",
        "site/static/logo.svg",
        "site/urls.py",
        "site/y.pyc",
        "x.pyc",
      ]);
      assert.throws(() => contextEntries(source, rules, locked("static")), /EACCES: static/);
    });
  });

  it("is refused with the pattern that is not valid", async () => {
    await addFiles(source, { ".dockerignore": "docs\n[a\n" });
    await assert.rejects(run(), /the ignore file has a pattern that is not valid: \[a/);
  });

  it("never holds the history, and says so when an exception asks for it", async () => {
    await mkdir(join(source, "media"));
    await addFiles(source, { ".git/HEAD": "ref", "vendored/.git": "gitdir", ".delivery/contexts/x/manage.py": "old" });
    const without = await run();
    assert.deepEqual(paths(without), ["manage.py", "site/static/logo.svg", "site/urls.py"]);
    assert.deepEqual(without.findings.asksForHistory, []);
    await addFiles(source, { ".dockerignore": "*.log\n!.git\n!vendored/.git\n!.gitignore\n" });
    const asked = await run();
    assert.equal(asked.folder, without.folder);
    assert.deepEqual(asked.findings.asksForHistory, ["!.git", "!vendored/.git"]);
  });
});
