import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dockerEngine, dockerFolder, engineOfContext } from "../../../cli/docker-host/engine-address.ts";

describe("the address of the Docker engine", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-docker-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const context = async (name: string, host: string): Promise<void> => {
    const meta = join(folder, "contexts", "meta", createHash("sha256").update(name).digest("hex"));
    await mkdir(meta, { recursive: true });
    await writeFile(join(meta, "meta.json"), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }));
  };

  it("is the system's where nothing else is said", async () => {
    assert.equal(dockerFolder({ HOME: "/home/me" }), "/home/me/.docker");
    assert.equal(await dockerEngine({ DOCKER_CONFIG: folder }), "unix:///var/run/docker.sock");
    await writeFile(join(folder, "config.json"), "no JSON");
    assert.equal(await dockerEngine({ DOCKER_CONFIG: folder }), "unix:///var/run/docker.sock");
  });

  it("is the one of the context in use, unless the environment names another", async () => {
    await context("desktop-linux", "unix:///home/me/desktop.sock");
    await context("remote", "ssh://me@host");
    await writeFile(join(folder, "config.json"), JSON.stringify({ currentContext: "desktop-linux" }));
    const env = { DOCKER_CONFIG: folder };
    assert.equal(await dockerEngine(env), "unix:///home/me/desktop.sock");
    assert.equal(await dockerEngine({ ...env, DOCKER_CONTEXT: "remote" }), "ssh://me@host");
    assert.equal(
      await dockerEngine({ ...env, DOCKER_HOST: "tcp://host:2375", DOCKER_CONTEXT: "remote" }),
      "tcp://host:2375",
    );
    assert.equal(await engineOfContext("never-made", env), "unix:///var/run/docker.sock");
  });
});
