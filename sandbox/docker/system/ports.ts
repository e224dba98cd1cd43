/** Ports on the loopback interface, for programs that choose none themselves. */
import { type AddressInfo, createServer } from "node:net";
import { listenOnFree } from "../../services/core/ports.ts";

/** Any port that is free on loopback. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

/** The port of the last time when it is free, else one that may be kept. */
export function portLikeBefore(before: number | undefined): Promise<number> {
  return listenOnFree(before, listenOnce);
}

function listenOnce(port: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const { port: chosen } = server.address() as AddressInfo;
      server.close(() => resolve(chosen));
    });
  });
}
