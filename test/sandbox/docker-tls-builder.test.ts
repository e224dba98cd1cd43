/** The build of the delivery job on an engine like CircleCI's remote Docker, whose certificates the environment names. */
import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { isDebianRoot } from "../../sandbox/docker/system/debian-packages.ts";
import { buildxFolder } from "./buildx.ts";
import { COLD_MS } from "./docker-world.ts";
import { startTlsEngine, type TlsEngine } from "./tls-engine.ts";

const SCRIPT = resolve(import.meta.dirname, "../../pipeline/steps/build-and-push.sh");
const COMMIT = "0123456789abcdef0123456789abcdef01234567";

describe("delivery job's build on a remote engine", function () {
  this.timeout(COLD_MS);
  let engine: TlsEngine;

  before(async function () {
    const plugins = (await isDebianRoot()) ? await buildxFolder() : undefined;
    if (!plugins) return this.skip();
    engine = await startTlsEngine(plugins);
  });
  after(async () => {
    await engine?.close();
  });

  const docker = (...args: string[]) =>
    execa("docker", args, { env: engine.env, extendEnv: false, reject: false, all: true, stdin: "ignore" });
  const build = async (...options: string[]) => {
    const folder = await mkdtemp(join(engine.folder, "site-"));
    await writeFile(join(folder, "Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
    const { address, username, password } = engine.registry;
    const env = {
      ...engine.env,
      CIRCLE_SHA1: COMMIT,
      REGISTRY: address,
      REGISTRY_USERNAME: username,
      REGISTRY_PASSWORD: password,
      IMAGE_REPOSITORY: `${address}/acme/site`,
    };
    const args = ["-eo", "pipefail", SCRIPT, ...options];
    return execa("bash", args, { cwd: folder, env, extendEnv: false, reject: false, all: true, stdin: "ignore" });
  };

  /** What the registry answers for a tag. */
  const statusOf = async (tag: string): Promise<number> => {
    const { address, username, password } = engine.registry;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    return (await fetch(`http://${address}/v2/acme/site/manifests/${tag}`, { headers: { authorization } })).status;
  };

  it("cannot simply make a builder there (docker/buildx#413)", async () => {
    const { exitCode, all } = await docker("buildx", "create", "--use");
    assert.notEqual(exitCode, 0);
    assert.match(all, /could not create a builder instance with TLS data loaded from environment/);
  });

  it("builds and pushes with the engine's own builder", async () => {
    const { exitCode, all } = await build("--platform", "linux/amd64");
    assert.equal(exitCode, 0, all);
    assert.equal(await statusOf(COMMIT), 200);
  });

  it("has the engine start a builder that keeps its layers in a registry", async () => {
    const cache = `type=registry,ref=${engine.registry.address}/acme/site:cache`;
    const { exitCode, all } = await build("--platform", "linux/amd64", `--cache-to=${cache}`);
    assert.match(all, /building with "delivery-builder" instance using docker-container driver/);
    // The builder is an image of Docker Hub, which the engine itself fetches.
    if (exitCode === 0) assert.equal(await statusOf("cache"), 200);
    else assert.match(all, /Error response from daemon: Get "https:\/\/registry-1\.docker\.io/, all);
  });
});
