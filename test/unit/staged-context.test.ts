import assert from "node:assert/strict";
import { chmod, mkdir, readdir, readFile, readlink, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type StagedContext, stageContext } from "../../lib/staged-context.ts";
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
  afterEach(() => removeFolder(root));

  const run = (dockerfile = join(root, "Dockerfile")): Promise<StagedContext> =>
    stageContext(source, dockerfile, stage);
  const paths = (context: StagedContext): string[] => context.files.map(({ path }) => path);
  const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
  async function stagedPaths(): Promise<string[]> {
    const entries = await readdir(join(stage, "context"), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(stage.length + "/context/".length))
      .sort();
  }

  it("copies the application's files, and the Dockerfile beside them", async () => {
    const context = await run();
    assert.deepEqual(paths(context), ["manage.py", "site/static/logo.svg", "site/urls.py"]);
    assert.deepEqual(await stagedPaths(), paths(context));
    assert.equal(await readFile(join(stage, "context/manage.py"), "utf8"), "print()");
    assert.equal(await readFile(join(stage, "Dockerfile"), "utf8"), "FROM scratch");
    assert.equal(context.dockerfile, "FROM scratch");
    assert.deepEqual((await readdir(stage)).sort(), ["Dockerfile", "Dockerfile.dockerignore", "context"]);
  });

  it("gives every file and folder one of two modes, whatever umask and source say", async () => {
    await chmod(join(source, "manage.py"), 0o700);
    await chmod(join(source, "site/urls.py"), 0o640);
    const umask = process.umask(0o077);
    try {
      await run();
    } finally {
      process.umask(umask);
    }
    assert.equal(await modeOf(join(stage, "context/manage.py")), 0o755);
    assert.equal(await modeOf(join(stage, "context/site/urls.py")), 0o644);
    assert.equal(await modeOf(join(stage, "context")), 0o755);
    assert.equal(await modeOf(join(stage, "context/site/static")), 0o755);
  });

  it("does not depend on modes beyond the executable bit, on times or on where the source lies", async () => {
    const before = await run();
    await chmod(join(source, "manage.py"), 0o604);
    await utimes(join(source, "manage.py"), new Date(0), new Date(0));
    await addFiles(join(root, "elsewhere"), {
      "manage.py": "print()",
      "site/urls.py": "urls",
      "site/static/logo.svg": "<svg/>",
    });
    assert.deepEqual(await run(), before);
    assert.deepEqual(await stageContext(join(root, "elsewhere"), join(root, "Dockerfile"), stage), before);
  });

  it("tells content, executable bit and links apart", async () => {
    const kindOf = async (): Promise<string | undefined> =>
      (await run()).files.find(({ path }) => path === "manage.py")?.kind;
    const hashOf = async (): Promise<string | undefined> =>
      (await run()).files.find(({ path }) => path === "manage.py")?.sha256;
    const hash = await hashOf();
    assert.equal(await kindOf(), "file");
    await chmod(join(source, "manage.py"), 0o755);
    assert.equal(await kindOf(), "executable");
    await writeFile(join(source, "manage.py"), "print(1)");
    assert.notEqual(await hashOf(), hash);
    await rm(join(source, "manage.py"));
    await symlink("site/urls.py", join(source, "manage.py"));
    assert.equal(await kindOf(), "link");
    assert.equal(await readlink(join(stage, "context/manage.py")), "site/urls.py");
  });

  it("keeps a link that leads out of the context as a link", async () => {
    await symlink("/nowhere/at/all", join(source, "outside"));
    assert.ok(paths(await run()).includes("outside"));
    assert.equal(await readlink(join(stage, "context/outside")), "/nowhere/at/all");
  });

  it("leaves out empty folders, the history and an earlier stage", async () => {
    await mkdir(join(source, "media"));
    await addFiles(source, {
      ".git/HEAD": "ref",
      "vendored/.git": "gitdir",
      ".delivery/prod/context/manage.py": "old",
    });
    assert.deepEqual(paths(await run()), ["manage.py", "site/static/logo.svg", "site/urls.py"]);
  });

  it("removes what is no longer there, and follows a file that became a folder and back", async () => {
    await run();
    await rm(join(source, "site"), { recursive: true });
    await addFiles(source, { site: "now a file" });
    await rm(join(source, "manage.py"));
    await addFiles(source, { "manage.py/main.py": "now a folder" });
    await run();
    assert.deepEqual(await stagedPaths(), ["manage.py/main.py", "site"]);
    await rm(join(source, "manage.py"), { recursive: true });
    await addFiles(source, { "manage.py": "print()" });
    await run();
    assert.deepEqual(await stagedPaths(), ["manage.py", "site"]);
  });

  it("mends what an interrupted run or a hand left in the stage", async () => {
    const before = await run();
    await writeFile(join(stage, "context/manage.py"), "half");
    await chmod(join(stage, "context/site/urls.py"), 0o600);
    await addFiles(stage, { "context/left/over.py": "x", "incoming-1/file": "half" });
    await writeFile(join(stage, "Dockerfile"), "half");
    assert.deepEqual(await run(), before);
    assert.deepEqual(await stagedPaths(), paths(before));
    assert.equal(await readFile(join(stage, "context/manage.py"), "utf8"), "print()");
    assert.equal(await modeOf(join(stage, "context/site/urls.py")), 0o644);
    assert.equal(await readFile(join(stage, "Dockerfile"), "utf8"), "FROM scratch");
  });

  it("copies files that are larger than a read", async () => {
    const large = "0123456789abcdef".repeat(1 << 16);
    await addFiles(source, { "large.bin": large });
    await run();
    assert.equal(await readFile(join(stage, "context/large.bin"), "utf8"), large);
  });

  describe("with an ignore file", () => {
    beforeEach(() =>
      addFiles(source, { "README.md": "read", "docs/a.md": "a", "docs/keep.md": "k", "x.pyc": "1", "site/y.pyc": "2" }),
    );

    it("leaves out what it names, and lets exceptions back in", async () => {
      await addFiles(source, { ".dockerignore": "# notes\n**/*.pyc\ndocs\n!docs/keep.md\n*.md\n.dockerignore\n" });
      assert.deepEqual(paths(await run()), ["docs/keep.md", "manage.py", "site/static/logo.svg", "site/urls.py"]);
    });

    it("prefers the Dockerfile's own", async () => {
      await addFiles(source, { ".dockerignore": "site\n" });
      await addFiles(root, { "Dockerfile.dockerignore": "docs\nREADME.md\n**/*.pyc\n" });
      const context = await run();
      assert.deepEqual(paths(context), [".dockerignore", "manage.py", "site/static/logo.svg", "site/urls.py"]);
      assert.equal(context.ignoreFile, "docs\nREADME.md\n**/*.pyc\n");
    });

    it("puts no rule beside the staged Dockerfile that would leave out more", async () => {
      await addFiles(source, { ".dockerignore": "site\n" });
      await run();
      const rules = await readFile(join(stage, "Dockerfile.dockerignore"), "utf8");
      assert.deepEqual(
        rules.split("\n").filter((line) => line && !line.startsWith("#")),
        [],
      );
    });
  });
});
