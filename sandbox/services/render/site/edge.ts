/**
 * Render's edge for one site: ends TLS in the vendor's place, marks requests, and passes them on to the instance
 * that serves. What it talks to may change from one request to the next.
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { createProxyServer } from "httpxy";
import { type Edge, onLoopback } from "./loopback.ts";
import { badGatewayPage, type EdgePage, sendPage } from "./pages.ts";

/** Where a request goes: to the instance at this URL, or nowhere. */
export type Route = { readonly instance: string } | { readonly page: EdgePage };

/**
 * Listens on a loopback port, the preferred one if it is free. Rejects when no port can be had.
 */
export async function openEdge(preferredPort: number | undefined, route: () => Route): Promise<Edge> {
  const proxy = createProxyServer({ xfwd: true, agent: false });
  proxy.on("proxyReq", (forwarded, request) => {
    forwarded.setHeader("x-forwarded-proto", "https");
    for (const name of ["origin", "referer"]) {
      const value = request.headers[name];
      if (typeof value === "string")
        forwarded.setHeader(name, value.replace(plainOrigin(request), secureOrigin(request)));
    }
  });
  proxy.on("proxyRes", ({ headers }, request, response) => {
    const { location } = headers;
    if (location) headers.location = location.replace(secureOrigin(request), plainOrigin(request));
    const id = String(request.headers["x-request-id"]);
    response.setHeader("rndr-id", id);
    response.setHeader("x-request-id", id);
  });
  proxy.on("error", (_error, _request, response) => {
    if (response && "writeHead" in response && !response.headersSent) sendPage(response, badGatewayPage);
    else response?.destroy();
  });

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    request.headers["x-request-id"] ??= randomUUID();
    const goal = route();
    if ("page" in goal) sendPage(response, goal.page);
    else proxy.web(request, response, { target: goal.instance }).catch(() => {});
  });
  server.on("upgrade", (request, socket, head) => {
    const goal = route();
    if ("page" in goal) socket.destroy();
    else proxy.ws(request, socket as Socket, { target: goal.instance }, head).catch(() => socket.destroy());
  });

  return onLoopback(server, preferredPort, () => server.closeAllConnections());
}

/** The site as the browser sees it here, without TLS. */
function plainOrigin({ headers }: IncomingMessage): string {
  return `http://${headers.host}`;
}

/** The site as the application sees it, behind the edge that ended TLS. */
function secureOrigin({ headers }: IncomingMessage): string {
  return `https://${headers.host}`;
}
