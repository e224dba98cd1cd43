/** Stands where the services would be: answers the one question that a plugin asks at its start, and refuses all others. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that is no service. */
export interface NoService {
  readonly url: string;
  close(): Promise<void>;
}

/** GitHub's plugin asks who the owner is, and does not start without an answer. */
const OWNER = /\/orgs\/([^/?]+)$/;

/** Starts it on loopback. `close` has to be called. */
export async function startNoService(): Promise<NoService> {
  const server = createServer((request, response) => {
    const [, owner] = OWNER.exec(request.url ?? "") ?? [];
    const isOwner = request.method === "GET" && owner !== undefined;
    response.writeHead(isOwner ? 200 : 400, { "content-type": "application/json" });
    response.end(
      JSON.stringify(isOwner ? { id: 1, login: owner } : { message: "a sealed preview reaches no service" }),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
