/** Builders of images, as buildx and the docker-build plugin keep them: a file for each, and one that names the current. */
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import { dockerFolder, engineOfContext, readJson } from "./engine-address.ts";

const builder = z.object({
  Name: z.string(),
  Driver: z.string().default("docker-container"),
  Nodes: z.array(z.object({ Endpoint: z.string() })),
});

/** A builder. An endpoint is an address, or the name of a Docker context. */
export type Builder = z.infer<typeof builder>;

const current = z.object({ Key: z.string(), Name: z.string(), Global: z.boolean().default(false) });

/** Of Docker engines over TCP that name none. */
const DOCKER_PORT = 2375;

/** The folder of the builders (buildx's source, `confutil.ConfigDir`). */
export function builderFolder(env: NodeJS.ProcessEnv): string {
  return env["BUILDX_CONFIG"] || join(dockerFolder(env), "buildx");
}

/** The builders that there are. */
export async function knownBuilders(env: NodeJS.ProcessEnv): Promise<Builder[]> {
  const folder = join(builderFolder(env), "instances");
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.map((name) => readJson(join(folder, name), builder)));
  return found.filter((one) => one !== undefined);
}

/** The builder that was chosen for an engine (`docker buildx use`), or for all of them. */
export async function currentBuilder(env: NodeJS.ProcessEnv, engine: string): Promise<string | undefined> {
  const chosen = await readJson(join(builderFolder(env), "current"), current);
  return chosen && (chosen.Global || chosen.Key === engine) && chosen.Name !== "" ? chosen.Name : undefined;
}

/** Whether something listens at one of its endpoints. */
export async function isBuilderReachable({ Nodes }: Builder, env: NodeJS.ProcessEnv, signal: AbortSignal) {
  // What is not an address is a context's name: a builder in a container is reached through its Docker engine.
  const addresses = await Promise.all(
    Nodes.map(({ Endpoint }) => (Endpoint.includes("://") ? Endpoint : engineOfContext(Endpoint, env))),
  );
  const answers = await Promise.all(addresses.map((address) => isReachable(address, signal)));
  return answers.includes(true);
}

/** Whether something listens there. Of an address by SSH nothing is tried: it counts as reachable. */
export async function isReachable(address: string, signal: AbortSignal): Promise<boolean> {
  if (address.startsWith("ssh://")) return true;
  if (!URL.canParse(address)) return false;
  const { protocol, pathname, hostname, port } = new URL(address);
  const socket = protocol === "unix:" ? connect(pathname) : connect(Number(port || DOCKER_PORT), hostname);
  const stop = (): void => {
    socket.destroy(new Error("stopped"));
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await new Promise((resolve) => {
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    });
  } finally {
    signal.removeEventListener("abort", stop);
    socket.destroy();
  }
}
