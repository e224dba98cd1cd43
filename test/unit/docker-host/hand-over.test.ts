import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handOverDockerHost, recordedDockerHost } from "../../../cli/docker-host/index.ts";

const HERE = "unix:///here.sock";
const THERE = "tcp://there:2375";

describe("the address of the Docker engine, for the Pulumi CLI", () => {
  let folder: string;
  let docker: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-hand-over-"));
    docker = join(folder, "docker");
  });
  afterEach(() => rm(folder, { recursive: true }));

  const handOver = (
    env: Record<string, string>,
    { recorded, builds = true }: { readonly recorded?: string; readonly builds?: boolean } = {},
  ) => {
    const signal = new AbortController().signal;
    return handOverDockerHost({ PATH: "/bin", DOCKER_CONFIG: docker, ...env }, { recorded, builds, signal });
  };
  const json = async (...path: string[]) => JSON.parse(await readFile(join(docker, ...path), "utf8"));
  const hashOf = (name: string): string => createHash("sha256").update(name).digest("hex");
  const contextNamed = (name = "") => json("contexts", "meta", hashOf(name), "meta.json");
  const currentOf = async ({ BUILDX_CONFIG = "" }: Record<string, string>) =>
    JSON.parse(await readFile(join(BUILDX_CONFIG, "current"), "utf8"));
  const addBuilder = async (name: string, endpoint: string): Promise<void> => {
    await mkdir(join(docker, "buildx", "instances"), { recursive: true });
    const builder = { Name: name, Driver: "remote", Nodes: [{ Name: `${name}0`, Endpoint: endpoint }] };
    await writeFile(join(docker, "buildx", "instances", name), JSON.stringify(builder));
  };

  it("is left as it is when it is the one in the state, with nothing written", async () => {
    for (const [env, recorded] of [
      [{}, undefined],
      [{ DOCKER_HOST: "" }, undefined],
      [{ DOCKER_HOST: HERE, DOCKER_CERT_PATH: "/certs" }, HERE],
    ] as const)
      assert.deepEqual(await handOver(env, recorded === undefined ? {} : { recorded }), {
        PATH: "/bin",
        DOCKER_CONFIG: docker,
        ...env,
      });
    await assert.rejects(stat(docker), /ENOENT/);
  });

  it("becomes a context of one name, and is no variable any more", async () => {
    const env = await handOver({ DOCKER_HOST: HERE, DOCKER_CONTEXT: "mine" });
    assert.deepEqual(Object.keys(env).sort(), ["DOCKER_CONFIG", "DOCKER_CONTEXT", "PATH"]);
    const { Name, Endpoints } = await contextNamed(env["DOCKER_CONTEXT"]);
    assert.equal(Name, env["DOCKER_CONTEXT"]);
    assert.deepEqual(Endpoints.docker, { Host: HERE, SkipTLSVerify: false });
    assert.deepEqual(await handOver({ DOCKER_HOST: HERE }), env);
    assert.notEqual((await handOver({ DOCKER_HOST: THERE }))["DOCKER_CONTEXT"], Name);
    assert.equal((await readdir(join(docker, "contexts", "meta"))).length, 2);
  });

  it("takes its certificates along, which no one else may read", async () => {
    const certificates = join(folder, "certs");
    await mkdir(certificates);
    for (const file of ["ca.pem", "cert.pem", "key.pem"]) await writeFile(join(certificates, file), `of ${file}`);
    const tls = { DOCKER_HOST: THERE, DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: certificates };
    const env = await handOver(tls);
    assert.deepEqual(Object.keys(env).sort(), ["DOCKER_CONFIG", "DOCKER_CONTEXT", "PATH"]);
    const files = join(docker, "contexts", "tls", hashOf(env["DOCKER_CONTEXT"] ?? ""), "docker");
    assert.equal(await readFile(join(files, "key.pem"), "utf8"), "of key.pem");
    assert.equal((await stat(join(files, "key.pem"))).mode & 0o777, 0o600);
    assert.equal((await contextNamed(env["DOCKER_CONTEXT"])).Endpoints.docker.SkipTLSVerify, false);
    await writeFile(join(certificates, "cert.pem"), "renewed");
    assert.notEqual((await handOver(tls))["DOCKER_CONTEXT"], env["DOCKER_CONTEXT"]);
  });

  it("keeps the builder that the user has chosen for it, and the user's choice", async () => {
    await addBuilder("mine", "tcp://127.0.0.1:1");
    const chosen = JSON.stringify({ Key: HERE, Name: "mine", Global: false });
    await writeFile(join(docker, "buildx", "current"), chosen);
    const env = await handOver({ DOCKER_HOST: HERE });
    assert.deepEqual(await currentOf(env), { Key: env["DOCKER_CONTEXT"], Name: "mine", Global: true });
    assert.deepEqual(await readdir(join(env["BUILDX_CONFIG"] ?? "", "instances")), ["mine"]);
    assert.equal(await readFile(join(docker, "buildx", "current"), "utf8"), chosen);
    assert.equal((await handOver({ DOCKER_HOST: THERE }))["BUILDX_CONFIG"], undefined);
  });

  describe("when another one stands in the state", () => {
    it("leaves that to the plugin, with a new builder in this machine's engine", async () => {
      for (const [env, endpoint] of [
        [{ DOCKER_HOST: HERE }, /^delivery-\w{12}$/],
        [{}, /^unix:\/\/\/var\/run\/docker\.sock$/],
      ] as const) {
        const handed = await handOver(env, { recorded: THERE });
        assert.deepEqual(Object.keys(handed).sort(), ["BUILDX_CONFIG", "DOCKER_CONFIG", "DOCKER_HOST", "PATH"]);
        assert.equal(handed["DOCKER_HOST"], THERE);
        const { Key, Name, Global } = await currentOf(handed);
        assert.deepEqual([Key, Global], [THERE, true]);
        const { Driver, Nodes } = await json("buildx", "instances", Name);
        assert.equal(Driver, "docker-container");
        assert.match(Nodes[0].Endpoint, endpoint);
        if (env.DOCKER_HOST) assert.equal((await contextNamed(Nodes[0].Endpoint)).Endpoints.docker.Host, HERE);
        await rm(join(docker, "buildx"), { recursive: true });
      }
    });

    it("takes a builder that is there and can be reached", async () => {
      const socket = join(folder, "buildkit.sock");
      const server = createServer().listen(socket);
      try {
        await addBuilder("gone", "unix:///nonexistent.sock");
        await addBuilder("mine", `unix://${socket}`);
        const handed = await handOver({ DOCKER_HOST: HERE }, { recorded: THERE });
        assert.equal((await currentOf(handed)).Name, "mine");
      } finally {
        server.close();
      }
    });
  });

  it("stops an update that could not build, and no preview, where Docker's folder cannot be written", async () => {
    await writeFile(docker, "a file");
    await assert.rejects(
      handOver({ DOCKER_HOST: HERE }),
      /unix:\/\/\/here\.sock cannot be handed.*ENOTDIR(.|\n)*DOCKER_CONFIG/,
    );
    const preview = await handOver({ DOCKER_HOST: HERE }, { builds: false });
    assert.deepEqual(preview, { PATH: "/bin", DOCKER_CONFIG: docker });
  });

  it("is read out of a state: the one of the image's provider", () => {
    const provider = (name: string, inputs: object) => ({
      urn: `urn:pulumi:prod::site::pulumi:providers:docker-build::${name}`,
      type: "pulumi:providers:docker-build",
      id: "1",
      inputs,
    });
    const image = (of: string, more: object = {}) => ({
      urn: "urn:pulumi:prod::site::docker-build:index:Image::image",
      type: "docker-build:index:Image",
      provider: `urn:pulumi:prod::site::pulumi:providers:docker-build::${of}::1`,
      ...more,
    });
    const recorded = (...resources: object[]) =>
      recordedDockerHost(JSON.stringify({ version: 3, deployment: { resources } }));
    const both = [provider("default", { host: HERE }), provider("other", { version: "0.0.22" })];
    assert.equal(recorded(...both, image("default")), HERE);
    assert.equal(recorded(...both, image("other")), undefined);
    assert.equal(recorded(...both), undefined);
    assert.equal(recorded(...both, image("default", { delete: true }), image("other")), undefined);
    assert.equal(recorded(provider("default", { host: "" }), image("default")), undefined);
    for (const unreadable of ["", "{}", "no JSON", '{"deployment":null}'])
      assert.equal(recordedDockerHost(unreadable), undefined);
  });
});
