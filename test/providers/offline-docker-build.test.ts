import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, it } from "mocha";
import { Secret, secret, UNKNOWN } from "../../providers/kit/values.ts";
import { type Plugin, startPlugin } from "./harness.ts";

const IMAGE = "docker-build:index:Image";
const launcher = join(import.meta.dirname, "fixtures/offline-docker-build/pulumi-resource-docker-build");

describe("offline edition of the docker-build plugin", () => {
  let folder: string;
  let context: string;
  let plugin: Plugin;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "offline-docker-build-"));
    context = join(folder, "context");
    await mkdir(join(context, "site"), { recursive: true });
    await writeFile(join(context, "Dockerfile"), "FROM python:3.12-slim\nCOPY . .\n");
    await writeFile(join(context, "app.py"), "print('hello')\n");
    await writeFile(join(context, "site", "page.html"), "<p>Hello</p>\n", { mode: 0o644 });
    plugin = await startPlugin(launcher, { BUILD_LOG: join(folder, "builds"), DOCKER_HOST: "" });
    await plugin.configure();
  });

  afterEach(async () => {
    await plugin.stop();
    await rm(folder, { recursive: true });
  });

  const inputs = (more: object = {}) => ({
    context: { location: context },
    tags: ["localhost:5000/acme/site:1"],
    platforms: ["linux/amd64"],
    buildOnPreview: false,
    push: true,
    registries: [{ address: "localhost:5000", username: "sandbox", password: secret("sesame") }],
    ...more,
  });

  const builds = async (): Promise<Record<string, unknown>[]> => {
    const text = await readFile(join(folder, "builds"), "utf8").catch(() => "");
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  const changed = async (more: object = {}, state = plugin.create(IMAGE, inputs())): Promise<readonly string[]> => {
    const checked = await plugin.checked(IMAGE, inputs(more));
    return Object.keys((await plugin.diff(IMAGE, await state, checked)).detailed);
  };

  it("records DOCKER_HOST, and replaces every image for another one or none", async () => {
    const there = await startPlugin(launcher, { DOCKER_HOST: "tcp://there:2375" });
    try {
      assert.deepEqual((await there.checkConfig({ version: "0.0.22" })).inputs, {
        version: "0.0.22",
        host: "tcp://there:2375",
      });
      assert.deepEqual((await there.checkConfig({ host: "unix:///own.sock" })).inputs, { host: "unix:///own.sock" });
      const replaced = async (olds: object, news: object) =>
        (await there.diffConfig({ ...olds }, { ...news })).replaces;
      assert.deepEqual(await replaced({ host: "tcp://there:2375" }, { host: "unix:///here.sock" }), ["host"]);
      assert.deepEqual(await replaced({ host: "tcp://there:2375" }, {}), ["host"]);
      assert.deepEqual(await replaced({}, { host: "tcp://there:2375" }), ["host"]);
      assert.deepEqual(await replaced({ host: "tcp://there:2375" }, { host: "tcp://there:2375" }), []);
    } finally {
      await there.stop();
    }
    const { inputs } = await plugin.checkConfig({ version: "0.0.22" });
    assert.deepEqual(inputs, { version: "0.0.22" });
  });

  it("promises nothing before the first build", async () => {
    const preview = await plugin.previewCreate(IMAGE, inputs());
    assert.equal(preview["digest"], UNKNOWN);
    assert.equal(preview["ref"], UNKNOWN);
    assert.equal(preview["contextHash"], UNKNOWN);
    assert.deepEqual(await builds(), []);
  });

  it("builds and pushes with everything that was declared", async () => {
    const { id, outputs } = await plugin.create(
      IMAGE,
      inputs({ buildArgs: { A: "1" }, secrets: secret({ pip: "s3cret" }), target: "run", labels: { l: "1" } }),
    );
    assert.match(id, /^sha256:[0-9a-f]{64}$/);
    assert.equal(outputs["digest"], id);
    assert.equal(outputs["ref"], `localhost:5000/acme/site:1@${id}`);
    assert.match(String(outputs["contextHash"]), /^[0-9a-f]{64}$/);
    assert.ok(outputs["secrets"] instanceof Secret);
    assert.deepEqual(await builds(), [
      {
        contextDir: context,
        dockerfile: join(context, "Dockerfile"),
        buildArgs: { A: "1" },
        secrets: { pip: "s3cret" },
        target: "run",
        platforms: ["linux/amd64"],
        labels: { l: "1" },
        tags: ["localhost:5000/acme/site:1"],
        registries: [{ address: "localhost:5000", username: "sandbox", password: "sesame" }],
      },
    ]);
  });

  it("takes a cache in a registry, and no other", async () => {
    const cache = [{ registry: { ref: "localhost:5000/acme/site:cache" } }];
    const created = plugin.create(IMAGE, inputs({ cacheFrom: cache, cacheTo: cache }));
    assert.match((await created).id, /^sha256:/);
    assert.deepEqual(await changed({ cacheFrom: cache, cacheTo: cache }, created), []);
    assert.deepEqual(await changed({ cacheFrom: cache }, created), ["cacheTo"]);
    const { failures } = await plugin.check(IMAGE, inputs({ cacheTo: [{ s3: { bucket: "b" } }] }));
    assert.ok(failures.some(({ property }) => property?.startsWith("cacheTo[0]")));
  });

  it("previews a changed context with values that are known and wrong", async () => {
    const created = await plugin.create(IMAGE, inputs());
    await writeFile(join(context, "app.py"), "print('changed')\n");
    assert.deepEqual(await changed({}, Promise.resolve(created)), ["contextHash"]);
    const preview = await plugin.previewUpdate(IMAGE, created, inputs());
    assert.equal(preview["digest"], "");
    assert.equal(preview["ref"], "localhost:5000/acme/site:1");
    assert.notEqual(preview["contextHash"], created.outputs["contextHash"]);
    assert.equal((await builds()).length, 1);
    const updated = await plugin.update(IMAGE, created, inputs());
    assert.equal(updated.outputs["contextHash"], preview["contextHash"]);
    assert.equal(updated.id, created.id);
    assert.notEqual(updated.outputs["digest"], created.id);
  });

  it("previews changed arguments likewise, and changed tags as unknown", async () => {
    const created = await plugin.create(IMAGE, inputs());
    const withArguments = await plugin.previewUpdate(IMAGE, created, inputs({ buildArgs: { A: "2" } }));
    assert.equal(withArguments["digest"], "");
    const withTags = await plugin.previewUpdate(IMAGE, created, inputs({ tags: ["localhost:5000/acme/site:2"] }));
    assert.equal(withTags["digest"], UNKNOWN);
    assert.equal(withTags["ref"], UNKNOWN);
    assert.equal(withTags["contextHash"], UNKNOWN);
  });

  it("sees no change in times, empty folders, folder modes and passwords", async () => {
    const created = plugin.create(IMAGE, inputs());
    await created;
    await utimes(join(context, "app.py"), 1, 1);
    await mkdir(join(context, "empty"));
    await chmod(join(context, "site"), 0o700);
    const registries = [{ address: "localhost:5000", username: "sandbox", password: secret("other") }];
    assert.deepEqual(await changed({ registries }, created), []);
  });

  it("sees a change in a file's mode, content and name", async () => {
    const created = plugin.create(IMAGE, inputs());
    await created;
    await chmod(join(context, "site", "page.html"), 0o664);
    assert.deepEqual(await changed({}, created), ["contextHash"]);
    await chmod(join(context, "site", "page.html"), 0o644);
    assert.deepEqual(await changed({}, created), []);
    await rename(join(context, "site", "page.html"), join(context, "site", "index.html"));
    assert.deepEqual(await changed({}, created), ["contextHash"]);
  });

  it("hashes the Dockerfile, then each file's bytes, path and mode in the order of the paths", async () => {
    for (const name of ["Dockerfile", "app.py"]) await chmod(join(context, name), 0o644);
    await symlink("../app.py", join(context, "site", "link"));
    const { outputs } = await plugin.create(IMAGE, inputs());
    const dockerfile = "FROM python:3.12-slim\nCOPY . .\n";
    const hash = createHash("sha256").update(dockerfile);
    hash.update(`${dockerfile}Dockerfile-rw-r--r--`);
    hash.update("print('hello')\napp.py-rw-r--r--");
    hash.update("print('hello')\nsite/linkLrwxrwxrwx");
    hash.update("<p>Hello</p>\nsite/page.html-rw-r--r--");
    assert.equal(outputs["contextHash"], hash.digest("hex"));
  });

  it("leaves out of the hash what the ignore file names", async () => {
    await writeFile(join(context, ".dockerignore"), "*.log\n!keep.log\n");
    const created = plugin.create(IMAGE, inputs());
    await created;
    await writeFile(join(context, "a.log"), "1\n");
    assert.deepEqual(await changed({}, created), []);
    await writeFile(join(context, "keep.log"), "1\n");
    assert.deepEqual(await changed({}, created), ["contextHash"]);
  });

  it("sees another place of the same context as another context", async () => {
    const created = plugin.create(IMAGE, inputs());
    await created;
    const moved = join(folder, "moved");
    await rename(context, moved);
    assert.deepEqual((await changed({ context: { location: moved } }, created)).toSorted(), [
      "context.location",
      "dockerfile",
    ]);
  });

  it("sees a changed build secret unless it is named as ignored", async () => {
    const created = plugin.create(IMAGE, inputs({ secrets: secret({ pip: "1" }) }));
    await created;
    assert.deepEqual(await changed({ secrets: secret({ pip: "2" }) }, created), ["secrets"]);
    const ignored = { secrets: secret({ pip: "2" }), ignoreSecretsInDiffCalculation: ["pip"] };
    assert.deepEqual(await changed(ignored, created), []);
  });

  it("fails the check of a broken Dockerfile, a missing context and what it does not have", async () => {
    await writeFile(join(context, "Dockerfile"), "FROM python:3.12-slim\nRUNN true\n");
    const broken = await plugin.check(IMAGE, inputs());
    assert.deepEqual(broken.failures, [
      { property: "dockerfile.location", reason: "dockerfile parse error on line 2: unknown instruction: RUNN" },
    ]);
    const missing = await plugin.check(IMAGE, inputs({ context: { location: join(folder, "missing") } }));
    assert.deepEqual(
      missing.failures.map(({ property }) => property),
      ["context.location", "dockerfile.location"],
    );
    const beyond = await plugin.check(IMAGE, inputs({ buildOnPreview: true, load: true, tags: ["NOT A TAG"] }));
    assert.deepEqual(beyond.failures.map(({ property }) => property).toSorted(), [
      "buildOnPreview",
      "dockerfile.location",
      "load",
      "tags[0]",
    ]);
  });

  it("fails with the builder's message, and keeps nothing of a failed build", async () => {
    await assert.rejects(plugin.create(IMAGE, inputs({ buildArgs: { FAIL: "exit code: 1" } })), {
      message: /failed to solve: exit code: 1/,
      partial: undefined,
    });
  });

  describe("with a registry that speaks plain HTTP", () => {
    let registry: Server;
    let address: string;
    let requests: number;

    beforeEach(async () => {
      requests = 0;
      registry = createServer((_request, response) => {
        requests += 1;
        response.end();
      });
      await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
      address = `127.0.0.1:${(registry.address() as AddressInfo).port}`;
    });

    afterEach(() => {
      registry.close();
    });

    it("refreshes to the same state with a warning", async () => {
      const created = await plugin.create(IMAGE, inputs({ tags: [`${address}/acme/site:1`] }));
      const read = await plugin.read(IMAGE, created);
      assert.deepEqual(read?.outputs, created.outputs);
      assert.ok(plugin.log.some(({ message }) => message.startsWith("unable to verify image tags, leaving state")));
    });

    it("is destroyed without deleting anything, and without an error", async () => {
      const created = await plugin.create(IMAGE, inputs({ tags: [`${address}/acme/site:1`] }));
      await plugin.delete(IMAGE, created);
      assert.equal(requests, 0);
    });
  });

  it("asks a registry behind TLS for the digest, drops from the state what is gone, and deletes by digest", async () => {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", cert];
    const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"];
    await execa("openssl", ["req", "-x509", ...curve, ...name]);
    const requests: string[] = [];
    let isThere = true;
    const registry = createTlsServer({ key: await readFile(key), cert: await readFile(cert) }, (request, response) => {
      requests.push(`${request.method} ${request.url}`);
      response.writeHead(isThere ? (request.method === "DELETE" ? 202 : 200) : 404).end();
    });
    await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
    const trusting = await startPlugin(launcher, { NODE_EXTRA_CA_CERTS: cert, DOCKER_HOST: "" });
    try {
      await trusting.configure();
      const host = `127.0.0.1:${(registry.address() as AddressInfo).port}`;
      const created = await trusting.create(IMAGE, inputs({ tags: [`${host}/acme/site:1`, `${host}/acme/site:2`] }));
      const manifest = `/v2/acme/site/manifests/${created.outputs["digest"]}`;
      assert.deepEqual((await trusting.read(IMAGE, created))?.outputs["tags"], created.outputs["tags"]);
      assert.deepEqual(requests.splice(0), [`GET ${manifest}`, `GET ${manifest}`]);
      await trusting.delete(IMAGE, created);
      assert.deepEqual(requests.splice(0), [`DELETE ${manifest}`], "with every tag on it");
      isThere = false;
      assert.equal(await trusting.read(IMAGE, created), undefined);
      await trusting.delete(IMAGE, created);
    } finally {
      await trusting.stop();
      registry.closeAllConnections();
      registry.close();
    }
  });
});
