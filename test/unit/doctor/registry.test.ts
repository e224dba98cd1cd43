import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  hasTag,
  type RegistryQuestion,
  registryAccess,
  registryUrl,
  repositoryPath,
} from "../../../cli/services/registry.ts";

describe("cli/services: image registries", () => {
  let server: Server;
  let address: string;
  let seen: string[];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const question = (rest: Partial<RegistryQuestion> = {}): RegistryQuestion => {
    return { repository: `${address}/acme/site`, env: {}, signal: new AbortController().signal, ...rest };
  };
  const login = { username: "acme", password: "sesame" };
  const basic = `Basic ${Buffer.from("acme:sesame").toString("base64")}`;
  const challenge = (text: string) => (response: ServerResponse) =>
    response.writeHead(401, { "www-authenticate": text }).end();

  it("are found by the name of the image", () => {
    assert.equal(registryUrl("acme/site", {}), "https://registry-1.docker.io");
    assert.equal(registryUrl("acme/site", { DOCKER_HUB_REGISTRY_URL: "http://127.0.0.1:1/" }), "http://127.0.0.1:1");
    assert.equal(registryUrl("ghcr.io/acme/site", {}), "https://ghcr.io");
    assert.equal(registryUrl("localhost:5000/site", {}), "http://localhost:5000");
    assert.deepEqual(["site", "acme/site", "docker.io/acme/site", "ghcr.io/site"].map(repositoryPath), [
      "library/site",
      "acme/site",
      "acme/site",
      "site",
    ]);
  });

  it("may ask for no login", async () => {
    answer = (_request, response) => response.writeHead(200).end("{}");
    assert.deepEqual(await registryAccess(question(), ["pull"]), { accepted: true, scheme: "none" });
  });

  it("may take a login as it is, and then say nothing of what it allows", async () => {
    answer = ({ headers }, response) =>
      headers.authorization === basic ? response.writeHead(200).end() : challenge('Basic realm="r"')(response);
    const access = await registryAccess(question({ login }), ["pull", "push"]);
    assert.deepEqual([access.accepted, access.scheme, access.actions], [true, "basic", undefined]);
    const wrong = { ...login, password: "wrong" };
    assert.equal((await registryAccess(question({ login: wrong }), ["pull"])).accepted, false);
    assert.equal((await registryAccess(question(), ["pull"])).accepted, false);
    assert.ok(seen.every((line) => line === "GET /v2/"));
  });

  it("may issue an opaque token, which does not say what it allows", async () => {
    answer = ({ url }, response) =>
      url?.startsWith("/token")
        ? response.writeHead(200).end(JSON.stringify({ token: "djE6b3BhcXVl" }))
        : challenge(`Bearer realm="http://${address}/token",service="registry"`)(response);
    const access = await registryAccess(question({ login }), ["pull", "push"]);
    assert.deepEqual([access.accepted, access.scheme, access.actions], [true, "bearer", undefined]);
    assert.equal(seen[1], "GET /token?service=registry&scope=repository%3Aacme%2Fsite%3Apull%2Cpush");
  });

  it("get no password at an address without encryption", async () => {
    answer = (_request, response) => challenge('Bearer realm="http://example.com/token"')(response);
    await assert.rejects(registryAccess(question({ login }), ["pull"]), /without encryption/);
    assert.deepEqual(seen, ["GET /v2/"]);
  });

  it("have a tag, do not have it, or do not say", async () => {
    answer = ({ method, url }, response) => {
      const status = url?.endsWith("/there") ? 200 : url?.endsWith("/gone") ? 404 : 403;
      response.writeHead(method === "HEAD" ? status : 200).end();
    };
    const found = await Promise.all(["there", "gone", "hidden"].map((tag) => hasTag(question(), tag)));
    assert.deepEqual(found, [true, false, undefined]);
  });

  it("are named when they give no answer, or one that no registry gives", async () => {
    answer = (_request, response) => response.writeHead(500).end();
    await assert.rejects(registryAccess(question(), ["pull"]), /answered 500/);
    answer = (request) => request.socket.destroy();
    await assert.rejects(
      registryAccess(question(), ["pull"]),
      new RegExp(`registry at http://${address} gives no answer`),
    );
  });
});
