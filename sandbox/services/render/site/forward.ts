/** The address of a private service: a loopback port that hands each connection on to the instance that serves. */
import { connect, createServer, type Socket } from "node:net";
import { type Edge, onLoopback } from "./loopback.ts";

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
  return onLoopback(server, preferredPort, () => {
    for (const socket of open) socket.destroy();
  });
}
