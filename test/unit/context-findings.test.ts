import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Findings } from "../../lib/context/findings.ts";
import { findingsText } from "../../lib/context/findings-text.ts";
import { type StagedContext, stageContext } from "../../lib/context/stage-context.ts";
import { addFiles, makeFolder, removeFolder } from "./support/configuration.ts";

const KEY = `-----BEGIN PRIVATE KEY-----\n${"A".repeat(64)}\n-----END PRIVATE KEY-----\n`;

describe("what is found in a context", () => {
  let root: string;
  beforeEach(async () => {
    root = await makeFolder({ "app/manage.py": "print()", Dockerfile: "FROM scratch" });
  });
  afterEach(() => removeFolder(root));

  const run = (): Promise<StagedContext> =>
    stageContext(join(root, "app"), join(root, "Dockerfile"), join(root, "stage"));
  const paths = ({ files }: StagedContext): string[] => [...files.keys()];
  const git = async (...args: string[]): Promise<void> => {
    const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "core.safecrlf=false"];
    await promisify(execFile)("git", [...identity, ...args], { cwd: join(root, "app") });
  };
  const commit = async (...files: string[]): Promise<void> => {
    await git("init", "--quiet");
    await git("add", "--force", ...files);
    await git("commit", "--quiet", "--message", "x");
  };

  const SECRETS = {
    "app/.env": "K=1",
    "app/.envs/.production/.django": "K=1",
    "app/deploy/id_ed25519": "k",
    "app/deploy/tls.key": KEY,
    "app/deploy/tls.pem": `-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n${KEY}`,
  };
  const LEFT_OUT = [".env", ".envs/.production/.django", "deploy/id_ed25519", "deploy/tls.key", "deploy/tls.pem"];

  it("without git: secrets beyond doubt, which are left out, and so decide no tag", async () => {
    const before = await run();
    await addFiles(root, SECRETS);
    for (const _run of ["first", "known"]) {
      const context = await run();
      assert.deepEqual(context.findings.leftOut.toSorted(), LEFT_OUT);
      assert.deepEqual([context.folder, paths(context)], [before.folder, ["manage.py"]]);
      assert.deepEqual(context.findings.secretLooking, []);
    }
  });

  it("with git: those that are not tracked, ignored or not", async () => {
    await addFiles(root, { ...SECRETS, "app/.gitignore": ".env\n" });
    await commit("manage.py", ".gitignore");
    const context = await run();
    assert.deepEqual(context.findings.leftOut.toSorted(), LEFT_OUT);
    assert.deepEqual(paths(context), [".gitignore", "manage.py"]);
  });

  it("tracked ones, modules and exceptions, which stay and are named", async () => {
    await addFiles(root, { ...SECRETS, "app/keys.py": KEY, "app/.dockerignore": "*.log\n!.env\n!deploy/*.pem\n" });
    await commit("manage.py", ".envs", "deploy/tls.key");
    const { findings } = await run();
    assert.deepEqual(findings.leftOut, ["deploy/id_ed25519"]);
    const staying = [".env", ".envs/.production/.django", "deploy/tls.key", "deploy/tls.pem", "keys.py"];
    assert.deepEqual(findings.secretLooking, staying);
  });

  for (const line of ["!.envs", "!.envs/**", "!**/.envs/.production", "*\n!.envs\n!manage.py"])
    it(`not for what lies in a folder of secrets that the ignore file lets in by ${line.replaceAll("\n", " ")}`, async () => {
      await addFiles(root, { "app/.envs/.production/.django": "K=1", "app/.dockerignore": `${line}\n` });
      const { findings, files } = await run();
      assert.ok(files.has(".envs/.production/.django"));
      assert.deepEqual([findings.leftOut, findings.secretLooking], [[], [".envs/.production/.django"]]);
    });

  it("the key file of a service account: left out while it is not tracked, else named", async () => {
    const account = { type: "service_account", private_key: KEY, client_email: "a@example.com" };
    const files = {
      "app/site/gcp.json": JSON.stringify(account),
      "app/chart.yml": `tls:\n  key: |\n    ${KEY.replaceAll("\n", "\n    ")}`,
    };
    await addFiles(root, files);
    assert.deepEqual((await run()).findings.leftOut.toSorted(), ["chart.yml", "site/gcp.json"]);
    await commit("manage.py", "site", "chart.yml");
    const { findings } = await run();
    assert.deepEqual([findings.leftOut, findings.secretLooking], [[], ["chart.yml", "site/gcp.json"]]);
  });

  it("a name in the ignore file that is not valid UTF-8, by its bytes", async () => {
    const name = Buffer.concat([Buffer.from(`${root}/app/caf`), Buffer.of(0xe9)]);
    await writeFile(name, "x");
    await writeFile(join(root, "app/.dockerignore"), Buffer.concat([Buffer.from("caf"), Buffer.of(0xe9, 0x0a)]));
    assert.deepEqual(paths(await run()), ["manage.py"]);
  });

  it("not for what is let in with everything else of a folder", async () => {
    await addFiles(root, {
      "app/site/.env": "K=1",
      "app/site/urls.py": "",
      "app/.dockerignore": "*\n!site\n!site/**\n",
    });
    const context = await run();
    assert.deepEqual([paths(context), context.findings.leftOut], [["site/urls.py"], ["site/.env"]]);
  });

  it("what git ignores and enters the image: files, and folders with the number of theirs", async () => {
    const media = { "app/media/a.png": "1", "app/media/deep/b.png": "2", "app/db.sqlite3": "3", "app/logs/x": "4" };
    await addFiles(root, { ...media, "app/.gitignore": "media/\n*.sqlite3\nlogs/\n__pycache__/\n" });
    await addFiles(root, {
      "app/.dockerignore": "logs\n__pycache__\n",
      "app/__pycache__/m.pyc": "5",
      "app/new.py": "6",
    });
    await commit("manage.py", ".gitignore", ".dockerignore");
    const { findings } = await run();
    assert.deepEqual(findings.ignoredByGit, [
      { path: "db.sqlite3", files: 1 },
      { path: "media/", files: 2 },
    ]);
  });

  it("nothing of a checkout that ignores the whole folder", async () => {
    await addFiles(root, { ".gitignore": "app/\n", "app/.env": "K=1" });
    await promisify(execFile)("git", ["init", "--quiet", root]);
    const { findings } = await run();
    assert.deepEqual([findings.leftOut, findings.ignoredByGit], [[".env"], []]);
  });

  it("line ends that git would write otherwise elsewhere, and scripts that Linux does not start", async () => {
    await addFiles(root, {
      "app/start.sh": "#!/bin/sh\ntrue\n",
      "app/page.html": "<p>\n</p>\n",
      "app/theirs.txt": "as\r\ncommitted\r\n",
      "app/image.bin": "\0\r\n",
    });
    await git("init", "--quiet");
    await git("config", "core.autocrlf", "false");
    await commit(".");
    assert.deepEqual([(await run()).findings.convertedLines, (await run()).findings.crlfScripts], [[], []]);
    for (const name of ["start.sh", "page.html"]) {
      const text = name === "start.sh" ? "#!/bin/sh\r\ntrue\r\n" : "<p>\r\n</p>\r\n";
      await writeFile(join(root, "app", name), text);
    }
    const { findings } = await run();
    assert.deepEqual(findings.convertedLines, ["page.html", "start.sh"]);
    assert.deepEqual(findings.crlfScripts, ["start.sh"]);
  });

  it("no bytecode, environments or caches where no ignore file says otherwise", async () => {
    const { folder } = await run();
    await addFiles(root, {
      "app/__pycache__/manage.cpython-312.pyc": "1",
      "app/site/__pycache__/urls.pyc": "1",
      "app/.venv/bin/python": "1",
      "app/my_env/pyvenv.cfg": "home = /usr",
      "app/my_env/lib/site.py": "1",
      "app/.mypy_cache/3.12/x.json": "1",
      "app/.coverage": "1",
      "app/.git/HEAD": "ref",
    });
    const context = await run();
    assert.equal(context.folder, folder);
    assert.equal(context.findings.isByDefault, true);
    await addFiles(root, { "app/.dockerignore": "# nothing\n" });
    const asked = await run();
    assert.equal(asked.findings.isByDefault, false);
    assert.ok(paths(asked).includes("my_env/lib/site.py"));
  });

  it("is said in few words, however much it is", () => {
    const many = Array.from({ length: 12 }, (_, index) => `f${index}.p12`);
    const nothing: Findings = {
      ...{ isByDefault: false, asksForHistory: [], leftOut: [], secretLooking: [], ignoredByGit: [] },
      ...{ crlfScripts: [], convertedLines: [] },
    };
    assert.deepEqual(findingsText(nothing), { notes: [], warnings: [] });
    const { warnings } = findingsText({ ...nothing, secretLooking: many });
    assert.match(warnings[0]?.found ?? "", /: f0\.p12, f1\.p12, f2\.p12, f3\.p12, f4\.p12 and 7 more\.$/);
    const { notes } = findingsText({ ...nothing, ignoredByGit: [{ path: "media/", files: 1 }] });
    assert.match(notes[0] ?? "", /^Git ignores these, .*: media\/ \(1 file\)\. /);
  });
});
