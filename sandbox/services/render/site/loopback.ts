/** A port of this machine's at which a service is reached. */
import type { AddressInfo, Server } from "node:net";
import { listenOnFree } from "../../core/ports.ts";

/** What listens there. */
export interface Edge {
  readonly port: number;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/**
 * Lets a server listen on loopback, on the preferred port if it is free. Rejects when no port can be had.
 * @param endConnections ends those that are open.
 */
export async function onLoopback(
  server: Server,
  preferredPort: number | undefined,
  endConnections: () => void,
): Promise<Edge> {
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
        endConnections();
      }),
  };
}
