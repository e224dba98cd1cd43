import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, it } from "mocha";
import { requestManifest } from "../../sandbox/offline-plugins/registry/manifests.ts";
import { parseReference, withDigest } from "../../sandbox/offline-plugins/registry/reference.ts";

describe("names of images", () => {
  it("say which registry, repository and tag", () => {
    assert.deepEqual(parseReference("localhost:5000/acme/site:1"), {
      host: "localhost:5000",
      repository: "acme/site",
      tag: "1",
    });
    assert.deepEqual(parseReference("ghcr.io/acme/site"), { host: "ghcr.io", repository: "acme/site", tag: "latest" });
  });

  it("that do not name their registry say nothing", () => {
    for (const name of ["site", "acme/site:1", "localhost:5000/ACME", "http://ghcr.io/a:1"]) {
      assert.equal(parseReference(name), undefined, name);
    }
  });

  it("take a digest after the tag", () => {
    assert.equal(withDigest("ghcr.io/acme/site", "sha256:1"), "ghcr.io/acme/site:latest@sha256:1");
    assert.equal(withDigest("site", "sha256:1"), undefined);
  });
});

describe("requests for manifests", () => {
  const login = { username: "sandbox", password: "sesame" };
  const basic = `Basic ${Buffer.from("sandbox:sesame").toString("base64")}`;
  let server: Server;
  let origin: string;
  let seen: { method: string; url: string; authorization: string | undefined }[];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      const { method = "", url = "", headers } = request;
      seen.push({ method, url, authorization: headers.authorization });
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const request = (method: "GET" | "HEAD" | "DELETE") =>
    requestManifest({
      method,
      registry: origin,
      repository: "acme/site",
      reference: "sha256:1",
      login,
      signal: AbortSignal.timeout(5000),
    });

  it("go without a login where none is asked for", async () => {
    answer = (_request, response) => response.writeHead(202).end();
    assert.equal((await request("DELETE")).status, 202);
    assert.deepEqual(seen, [{ method: "DELETE", url: "/v2/acme/site/manifests/sha256:1", authorization: undefined }]);
  });

  it("answer a Basic challenge with the login", async () => {
    answer = ({ headers }, response) => {
      if (headers.authorization === basic) response.writeHead(200).end();
      else response.writeHead(401, { "www-authenticate": 'Basic realm="registry"' }).end();
    };
    assert.equal((await request("GET")).status, 200);
    assert.deepEqual(
      seen.map(({ authorization }) => authorization),
      [undefined, basic],
    );
  });

  it("answer a Bearer challenge with a token that the login got", async () => {
    answer = ({ headers, url = "" }, response) => {
      if (url.startsWith("/token")) response.end(JSON.stringify({ token: "t-1" }));
      else if (headers.authorization === "Bearer t-1") response.writeHead(200).end();
      else {
        const challenge = `Bearer realm="${origin}/token",service="registry",scope="repository:acme/site:pull"`;
        response.writeHead(401, { "www-authenticate": challenge }).end();
      }
    };
    assert.equal((await request("HEAD")).status, 200);
    assert.deepEqual(
      seen.map(({ method, url, authorization }) => [method, url, authorization]),
      [
        ["HEAD", "/v2/acme/site/manifests/sha256:1", undefined],
        ["GET", "/token?service=registry&scope=repository%3Aacme%2Fsite%3Apull", basic],
        ["HEAD", "/v2/acme/site/manifests/sha256:1", "Bearer t-1"],
      ],
    );
  });
});
