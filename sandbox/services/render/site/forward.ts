/** The address of a private service: a loopback port that hands each connection on to the instance that serves. */

import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { listenOnFree } from "../../core/ports.ts";
import type { Edge } from "./edge.ts";

/**
 * Listens on a loopback port, the preferred one if it is free. A connection is closed while no instance serves. Rejects
 * when no port can be had.
 */
export async function openForward(
  preferredPort: number | undefined,
  instanceUrl: () => string | undefined,
): Promise<Edge> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const url = instanceUrl();
    if (url === undefined) {
      client.destroy();
      return;
    }
    const { hostname, port } = new URL(url);
    const instance = connect({ host: hostname, port: Number(port) });
    for (const [one, other] of [[client, instance] as const, [instance, client] as const]) {
      open.add(one);
      one.once("error", () => other.destroy());
      one.once("close", () => open.delete(one));
      one.pipe(other);
    }
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
  await listenOnFree(preferredPort, listen);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        for (const socket of open) socket.destroy();
      }),
  };
}
