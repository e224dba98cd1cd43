import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { type Plugin, startPlugin } from "./harness.ts";

const GET_REGISTRY_IMAGE = "docker:index/getRegistryImage:getRegistryImage";
const launcher = join(import.meta.dirname, "../../sandbox/offline-plugins/docker/pulumi-resource-docker");
const DIGEST = `sha256:${"0".repeat(64)}`;

/** Gets past Configure without a daemon, in the vendor's plugin too. */
const NO_DAEMON = "ssh://nobody@localhost";

describe("offline edition of the docker plugin", () => {
  let folder: string;
  let server: Server;
  let address: string;
  let seen: string[];
  let plugin: Plugin;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "offline-docker-"));
    seen = [];
    server = createServer(({ method, url, headers }, response) => {
      seen.push(`${method} ${url}`);
      if (url === "/_ping") response.end("OK");
      else if (headers.authorization !== `Basic ${Buffer.from("sandbox:sesame").toString("base64")}`) {
        response.writeHead(401, { "www-authenticate": 'Basic realm="registry"' }).end();
      } else if (url === "/v2/acme/site/manifests/1") {
        response.writeHead(200, { "docker-content-digest": DIGEST }).end();
      } else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    plugin = await startPlugin(launcher, { DOCKER_HOST: "", DOCKER_CONFIG: folder });
  });

  afterEach(async () => {
    await plugin.stop();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  const configure = (registryAuth: object): Promise<void> =>
    plugin.configure({
      host: NO_DAEMON,
      registryAuth: JSON.stringify([{ address: `http://${address}`, ...registryAuth }]),
    });

  it("asks the daemon in Configure whether it is there", async () => {
    await plugin.configure({ host: `tcp://${address}` });
    assert.deepEqual(seen, ["HEAD /_ping"]);
    await assert.rejects(
      plugin.configure({ host: `unix://${join(folder, "missing.sock")}` }),
      /Error pinging Docker server, please make sure that unix:.*missing\.sock is reachable/,
    );
  });

  it("looks a tag up in the registry", async () => {
    await configure({ username: "sandbox", password: "sesame" });
    const { result } = await plugin.invoke(GET_REGISTRY_IMAGE, { name: `${address}/acme/site:1` });
    assert.equal(result["sha256Digest"], DIGEST);
    assert.equal(result["id"], DIGEST);
    assert.deepEqual(seen, ["HEAD /v2/acme/site/manifests/1", "HEAD /v2/acme/site/manifests/1"]);
  });

  it("takes the login of the client's config file", async () => {
    const auth = Buffer.from("sandbox:sesame").toString("base64");
    await writeFile(join(folder, "config.json"), JSON.stringify({ auths: { [address]: { auth } } }));
    await configure({});
    const { result } = await plugin.invoke(GET_REGISTRY_IMAGE, { name: `${address}/acme/site:1` });
    assert.equal(result["sha256Digest"], DIGEST);
  });

  it("fails for a tag that is not there", async () => {
    await configure({ username: "sandbox", password: "sesame" });
    await assert.rejects(
      plugin.invoke(GET_REGISTRY_IMAGE, { name: `${address}/acme/site:2` }),
      /Got error when attempting to fetch image version acme\/site:2 from registry: .*404 Not Found/,
    );
  });

  it("speaks HTTPS unless told otherwise", async () => {
    await plugin.configure({ host: NO_DAEMON });
    await assert.rejects(plugin.invoke(GET_REGISTRY_IMAGE, { name: `${address}/acme/site:1` }), /from registry/);
    assert.deepEqual(seen, []);
  });
});
