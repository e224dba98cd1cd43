import assert from "node:assert/strict";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openEdge, type Route } from "../../sandbox/services/render/site/edge.ts";
import type { Edge } from "../../sandbox/services/render/site/loopback.ts";
import { suspendedPage } from "../../sandbox/services/render/site/pages.ts";

describe("emulated Render: the edge of a site", () => {
  let application: Server;
  let edge: Edge;
  let route: Route;

  beforeEach(async () => {
    application = createServer((incoming, response) => {
      const { host } = incoming.headers;
      if (incoming.url === "/moved") response.writeHead(302, { Location: `https://${host}/there` }).end();
      else if (incoming.url === "/away") response.writeHead(302, { Location: "https://example.com/" }).end();
      else response.end(JSON.stringify(incoming.headers));
    });
    application.on("upgrade", (_incoming, socket) => {
      socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello");
    });
    await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
    route = { instance: `http://127.0.0.1:${(application.address() as AddressInfo).port}` };
    edge = await openEdge(0, () => route);
  });
  afterEach(async () => {
    await edge.close();
    application.closeAllConnections();
    await new Promise((resolve) => application.close(resolve));
  });

  const address = () => `http://127.0.0.1:${edge.port}`;
  const visit = (path: string, init: RequestInit = {}) => fetch(`${address()}${path}`, { redirect: "manual", ...init });

  it("passes the site's own host on, as if TLS had ended here", async () => {
    const response = await visit("/", { headers: { Origin: address(), Referer: `${address()}/login` } });
    const headers = (await response.json()) as Record<string, string>;
    assert.equal(headers["host"], `127.0.0.1:${edge.port}`);
    assert.equal(headers["x-forwarded-proto"], "https");
    assert.equal(headers["origin"], `https://127.0.0.1:${edge.port}`);
    assert.equal(headers["referer"], `https://127.0.0.1:${edge.port}/login`);
    assert.equal(response.headers.get("rndr-id"), headers["x-request-id"]);
  });

  it("brings a redirect within the site back to where the browser is, and leaves others alone", async () => {
    assert.equal((await visit("/moved")).headers.get("location"), `${address()}/there`);
    assert.equal((await visit("/away")).headers.get("location"), "https://example.com/");
  });

  it("passes WebSocket upgrades on", async () => {
    const greeting = await new Promise<string>((resolve, reject) => {
      const call = request(address(), { headers: { Connection: "Upgrade", Upgrade: "websocket" } });
      call.once("upgrade", (_response, socket, head) => {
        if (head.length > 0) resolve(head.toString());
        socket.once("data", (data: Buffer) => resolve(data.toString()));
        socket.once("error", reject);
      });
      call.once("error", reject);
      call.end();
    });
    assert.equal(greeting, "hello");
  });

  it("answers 502 for an instance that is gone, and its own page when it is told to", async () => {
    route = { instance: "http://127.0.0.1:1" };
    assert.equal((await visit("/")).status, 502);
    route = { page: suspendedPage };
    const response = await visit("/");
    assert.deepEqual([response.status, response.headers.get("x-render-routing")], [503, "suspend-by-user"]);
  });

  it("takes the preferred port when it is free, and another when it is not", async () => {
    const other = await openEdge(edge.port, () => route);
    try {
      assert.notEqual(other.port, edge.port);
    } finally {
      await other.close();
    }
    const again = await openEdge(other.port, () => route);
    assert.equal(again.port, other.port);
    await again.close();
  });
});
