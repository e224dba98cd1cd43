/** A container runner without containers: each "container" is a tiny HTTP server in this process. */
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ContainerRequest, ContainerRunner, RunningContainer } from "../core/service.ts";
import { UnavailableImage } from "../core/unavailable-image.ts";

/** How an image behaves. */
export type Behaviour =
  /** Answers every request at once. */
  | "healthy"
  /** Runs and answers 503. */
  | "unhealthy"
  /** Ends right after its start. */
  | "crashes"
  /** Cannot be pulled. */
  | "unpullable";

/** A runner whose images can be told how to behave. */
export interface ScriptedRunner extends ContainerRunner {
  /** Images that match behave so from their next start on; the newest script that matches counts. */
  script(image: RegExp, behaviour: Behaviour): void;
  /** Every start so far, oldest first. */
  readonly started: readonly ContainerRequest[];
  /** Containers that run now. */
  running(): number;
}

/** A runner whose images are all healthy until they are told otherwise. */
export function scriptedRunner(): ScriptedRunner {
  const scripts: { image: RegExp; behaviour: Behaviour }[] = [];
  const started: ContainerRequest[] = [];
  const servers = new Set<Server>();
  const behaviourOf = (reference: string): Behaviour =>
    scripts.find(({ image }) => image.test(reference))?.behaviour ?? "healthy";
  return {
    started,
    script(image, behaviour) {
      scripts.unshift({ image, behaviour });
    },
    running: () => servers.size,
    async digestOf(image) {
      return behaviourOf(image) === "unpullable" ? undefined : scriptedDigest(image);
    },
    async start(request) {
      started.push(request);
      const behaviour = behaviourOf(request.image);
      if (behaviour === "unpullable") throw new UnavailableImage(`manifest unknown: ${request.image}`);
      return startServer(request, behaviour, servers);
    },
  };
}

/** The digest that stands for an image: derived from its reference, or the one that the reference names. */
export function scriptedDigest(image: string): string {
  const named = /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
  return named ?? `sha256:${createHash("sha256").update(image).digest("hex")}`;
}

async function startServer(
  request: ContainerRequest,
  behaviour: Behaviour,
  servers: Set<Server>,
): Promise<RunningContainer> {
  const output = [`starting ${request.image}`];
  const server = createServer(({ method, url, headers }, response) => {
    output.push(`${method} ${url}`);
    const status = behaviour === "unhealthy" ? 503 : 200;
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ image: request.image, headers }));
  });
  // A job has ended by the time anybody looks.
  const ends = behaviour === "crashes" || request.isJob === true;
  const exitCode = behaviour === "crashes" ? 1 : 0;
  if (ends) output.push(`exited with status ${exitCode}`);
  else await listen(server, servers);
  const port = ends ? 0 : (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${port}`,
    digest: scriptedDigest(request.image),
    running: async () => servers.has(server),
    exitCode: async () => (servers.has(server) ? undefined : exitCode),
    logs: async (lines) => output.slice(-lines),
    stop: () => close(server, servers),
  };
}

function listen(server: Server, servers: Set<Server>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      servers.add(server);
      resolve();
    });
  });
}

async function close(server: Server, servers: Set<Server>): Promise<void> {
  if (!servers.delete(server)) return;
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}
