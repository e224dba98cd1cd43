/** What builds the image: a BuildKit builder, as the docker-build plugin looks for one. */
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import { type CheckContext, partCheck } from "../check.ts";
import { dockerEngine, dockerFolder, engineOfContext, readJson } from "../docker-engine.ts";
import { ok, problem, warn } from "../finding.ts";

const instance = z.object({
  Name: z.string(),
  Driver: z.string().default("docker-container"),
  Nodes: z.array(z.object({ Endpoint: z.string() })),
});

/** Of Docker engines over TCP that name none. */
const DOCKER_PORT = 2375;

export const builder = partCheck("image", {
  id: "builder",
  area: "Here",
  title: "builder of images",
  asks:
    "Reads `$DOCKER_CONFIG/buildx/instances/`, where the docker-build plugin looks, and dials each builder's address; without one, " +
    "dials the Docker engine of DOCKER_HOST or of the context in use, in which the plugin would start a builder.",
  finds: "Neither a builder nor a Docker engine listens, so `up` could build no image.",
  applies: ({ delivery }, { declares }) => delivery === "build" && declares !== "shared",
  async run(_image, context) {
    const { env } = context;
    const builders = await builderInstances(env);
    for (const { Name, Driver, Nodes } of builders) {
      // What is no address is a context's name: a builder in a container is reached through its Docker engine.
      const addresses = await Promise.all(
        Nodes.map(({ Endpoint }) => (Endpoint.includes("://") ? Endpoint : engineOfContext(Endpoint, env))),
      );
      const answers = await Promise.all(addresses.map((address) => isReachable(address, context)));
      if (answers.includes(true)) return ok(`${Name} (${Driver})`);
    }
    const engine = await dockerEngine(env);
    if (await isReachable(engine, context)) {
      return builders.length === 0
        ? ok("none yet: the plugin starts one in the Docker engine, from an image on Docker Hub")
        : warn("no builder can be reached; the plugin starts a new one in the Docker engine", "docker buildx ls");
    }
    const mend =
      "Start Docker, or add a builder: docker buildx create --driver remote ADDRESS; or set image.delivery to pinned.";
    return problem(`neither a builder nor the Docker engine (${engine}) can be reached`, mend);
  },
});

async function builderInstances(env: NodeJS.ProcessEnv): Promise<z.infer<typeof instance>[]> {
  const folder = join(dockerFolder(env), "buildx", "instances");
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.map((name) => readJson(join(folder, name), instance)));
  return found.filter((one) => one !== undefined);
}

/** Whether something listens there. Of an address by SSH nothing is tried: it counts as reachable. */
async function isReachable(address: string, { signal }: CheckContext): Promise<boolean> {
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
