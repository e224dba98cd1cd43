/** Ctrl-C while a command waits for a limit of GitHub's to be over. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { projectRoot } from "../../sandbox/paths.ts";

/** As long as a client waits when it is asked to. */
const LIMIT_SECONDS = 110;

describe("a command that waits for a limit", function () {
  this.timeout(60_000);
  let folder: string;
  let github: Server;
  let asked: Promise<void>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-wait-test-"));
    await mkdir(join(folder, "site", ".circleci"), { recursive: true });
    await writeFile(join(folder, "site", ".circleci", "config.yml"), "version: 2.1\n");
    await writeFile(join(folder, "Pulumi.yaml"), "name: delivery\nruntime: nodejs\n");
    let told = (): void => {};
    asked = new Promise((resolve) => {
      told = resolve;
    });
    github = createServer((_, response) => {
      response.writeHead(429, { "retry-after": String(LIMIT_SECONDS), "content-type": "application/json" });
      // The client reads the answer before it waits.
      response.end('{"message":"too many"}', () => setTimeout(told, 500));
    });
    await new Promise<void>((ready) => github.listen(0, "127.0.0.1", ready));
  });
  after(async () => {
    github?.closeAllConnections();
    await new Promise((closed) => github.close(closed));
    await rm(folder, { recursive: true, force: true });
  });

  it("ends when it is interrupted, and leaves nothing half done", async () => {
    const settings = { "application.path": "site", "github:owner": "acme", "application.name": "site" };
    const given = { ...settings, "site.ownerId": "tea-qq7f2uo48u621ffmqj55" };
    const flags = Object.entries(given).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
    const launcher = join(projectRoot, "cli", "delivery.js");
    const child = execa(process.execPath, [launcher, "init", "prod", "--yes", ...flags], {
      cwd: folder,
      env: { GITHUB_TOKEN: "token", GITHUB_BASE_URL: `http://127.0.0.1:${(github.address() as AddressInfo).port}` },
      reject: false,
      stdin: "ignore",
    });
    await Promise.race([asked, child]);
    child.kill("SIGINT");
    const { exitCode, stderr } = await child;
    assert.equal(stderr, "Interrupted by SIGINT.");
    assert.equal(exitCode, 130);
    assert.deepEqual((await readdir(folder)).sort(), ["Pulumi.yaml", "site"]);
  });
});
