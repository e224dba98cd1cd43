import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registryOf } from "../../providers/kit/image-reference.ts";
import { buildArguments } from "../../sandbox/docker/build/arguments.ts";
import { builderEnvironment, builderSettings } from "../../sandbox/docker/build/builder-settings.ts";
import { clientConfiguration } from "../../sandbox/docker/build/login.ts";
import type { BuildRequest } from "../../sandbox/docker/build/request.ts";
import { buildAndPush } from "../../sandbox/docker/builder.ts";

const settings = {
  tool: "docker" as const,
  program: "docker",
  args: ["--host", "unix:///x"],
  env: {},
  clientPlugins: ["/plugins"],
  network: "host",
  secretFiles: { pip_conf: "/machine/pip.conf" },
};

const request: BuildRequest = {
  contextDir: "/site",
  dockerfile: "/site/Dockerfile",
  buildArgs: { WSGI_MODULE: "acme.wsgi" },
  secrets: {},
  platforms: ["linux/amd64"],
  tags: ["localhost:5001/acme/notes:1"],
  registries: [],
  signal: new AbortController().signal,
  onLog: () => {},
};

describe("a build's command line", () => {
  it("carries what the request says", () => {
    const labelled = { ...request, target: "web", labels: { a: "b" } };
    const line = buildArguments({ request: labelled, settings, env: {}, secretFiles: { token: "/s/0" } });
    assert.deepEqual(line, [
      ...["--file", "/site/Dockerfile", "--network", "host", "--platform", "linux/amd64", "--target", "web"],
      ...["--tag", "localhost:5001/acme/notes:1", "--build-arg", "WSGI_MODULE=acme.wsgi"],
      ...["--label", "a=b", "--secret", "id=token,src=/s/0", "/site"],
    ]);
  });

  it("names the machine's proxies without showing their passwords", () => {
    const env = { HTTPS_PROXY: "http://me:secret@proxy:3128", no_proxy: "localhost", HTTP_PROXY: "" };
    const line = buildArguments({ request, settings, env, secretFiles: {} });
    const names = line.filter((_word, index) => line[index - 1] === "--build-arg");
    assert.deepEqual(names, ["WSGI_MODULE=acme.wsgi", "HTTPS_PROXY", "no_proxy"]);
    assert.doesNotMatch(line.join(" "), /secret@/);
  });
});

describe("builder settings in the environment", () => {
  it("come back as they were given", () => {
    assert.deepEqual(builderSettings(builderEnvironment(settings)), settings);
  });

  it("are those of a docker client when there are none", () => {
    assert.equal(builderSettings({}).program, "docker");
  });

  it("of another version are refused", () => {
    assert.throws(() => builderSettings({ SANDBOX_BUILDER: '{"tool":"kaniko"}' }), /Start the sandbox anew/);
    assert.throws(() => builderSettings({ SANDBOX_BUILDER: "{" }), /Start the sandbox anew/);
  });
});

describe("logins", () => {
  it("are written as a docker client reads them", () => {
    const login = { address: "localhost:5001", username: "delivery", password: "p:w" };
    assert.deepEqual(JSON.parse(clientConfiguration([login], ["/plugins"])), {
      auths: { "localhost:5001": { auth: Buffer.from("delivery:p:w").toString("base64") } },
      cliPluginsExtraDirs: ["/plugins"],
    });
  });

  it("belong to the host of an image's name", () => {
    assert.equal(registryOf("localhost:5001/acme/notes:1"), "localhost:5001");
    assert.equal(registryOf("ghcr.io/acme/notes@sha256:00"), "ghcr.io");
    assert.equal(registryOf("acme/notes:1"), "docker.io");
    assert.equal(registryOf("python"), "docker.io");
  });
});

describe("buildAndPush", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "docker-build-request-"));
    await writeFile(join(folder, "Dockerfile"), "FROM scratch\n");
  });
  after(() => rm(folder, { recursive: true }));

  const here = (): BuildRequest => ({ ...request, contextDir: folder, dockerfile: join(folder, "Dockerfile") });

  it("says what is missing before it starts a tool", async () => {
    const missing = [
      { ...here(), dockerfile: join(folder, "nowhere") },
      { ...here(), contextDir: join(folder, "nowhere") },
    ];
    for (const incomplete of missing) {
      await assert.rejects(buildAndPush(incomplete, {}), /^Error: There is no .* at .*nowhere\.$/);
    }
  });

  it("builds one platform under one tag or more", async () => {
    await assert.rejects(buildAndPush({ ...here(), tags: [] }, {}), /at least one tag/);
    const platforms = ["linux/amd64", "linux/arm64"];
    await assert.rejects(
      buildAndPush({ ...here(), platforms }, {}),
      /one platform at a time, not for linux\/amd64 and/,
    );
  });

  it("ends with the signal's reason when it was aborted before", async () => {
    const signal = AbortSignal.abort(new Error("cancelled by the engine"));
    await assert.rejects(buildAndPush({ ...here(), signal }, {}), /cancelled by the engine/);
  });
});
