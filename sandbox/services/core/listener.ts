/** A loopback HTTP server whose port is known before what it serves exists. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";

type Handler = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

/** A server that listens. */
export interface Listener {
  readonly port: number;
  /** http://127.0.0.1:PORT */
  readonly baseUrl: string;
  /** Sets or replaces what answers. */
  serve(handler: Handler): void;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1. Port 0 takes a free one.
 * Rejects with the port and the next step when it is taken; the system's code of the failure is kept.
 */
export async function listen(title: string, port = 0): Promise<Listener> {
  let handler: Handler = () => new Response("starting", { status: 503 });
  const server = createAdaptorServer({
    fetch: (request, bindings) => handler(request, bindings as HttpBindings),
    overrideGlobalObjects: false,
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, title, port)));
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    port: actual,
    baseUrl: `http://127.0.0.1:${actual}`,
    serve(next) {
      handler = next;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function listenError(error: NodeJS.ErrnoException, title: string, port: number): Error {
  return Object.assign(new Error(listenProblem(error, title, port), { cause: error }), { code: error.code });
}

function listenProblem(error: NodeJS.ErrnoException, title: string, port: number): string {
  if (error.code === "EADDRINUSE") {
    return `Port ${port} for ${title} is in use by another process. Stop that process, choose another port, or leave the port out to take a free one.`;
  }
  if (error.code === "EACCES") {
    return `Port ${port} for ${title} needs privileges that this user lacks. Choose a port above 1023.`;
  }
  return `${title} cannot listen on port ${port}: ${error.message}`;
}
