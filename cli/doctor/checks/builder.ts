/** What builds the image: a BuildKit builder, as the docker-build plugin looks for one. */
import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type CheckContext, partCheck } from "../check.ts";
import { ok, problem, warn } from "../finding.ts";

const instance = z.object({
  Name: z.string(),
  Driver: z.string().default("docker-container"),
  Nodes: z.array(z.object({ Endpoint: z.string() })),
});

/** Of Docker engines over TCP that name none. */
const DOCKER_PORT = 2375;
const DEFAULT_SOCKET = "unix:///var/run/docker.sock";

export const builder = partCheck("image", {
  id: "builder",
  area: "Here",
  title: "builder of images",
  asks:
    "Reads `$DOCKER_CONFIG/buildx/instances/`, where the docker-build plugin looks, and dials each builder's address; without one, " +
    "dials the Docker engine, in which the plugin would start a builder.",
  finds: "Neither a builder nor a Docker engine listens, so `up` could build no image.",
  applies: ({ delivery }, { declares }) => delivery === "build" && declares !== "shared",
  async run(_image, context) {
    const { env } = context;
    const builders = await builderInstances(env);
    for (const { Name, Driver, Nodes } of builders) {
      // A builder in a container is reached through its Docker engine.
      const addresses = Nodes.map(({ Endpoint }) => addressOf(Endpoint, env));
      const answers = await Promise.all(addresses.map((address) => isReachable(address, context)));
      if (answers.includes(true)) return ok(`${Name} (${Driver})`);
    }
    const engine = env["DOCKER_HOST"] || DEFAULT_SOCKET;
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
  const folder = join(env["DOCKER_CONFIG"] || join(env["HOME"] ?? homedir(), ".docker"), "buildx", "instances");
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8").catch(() => "")));
  return texts.map(parsed).filter((found) => found !== undefined);
}

function parsed(text: string): z.infer<typeof instance> | undefined {
  try {
    return instance.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Anything that is no address is the name of a Docker context, whose engine is the environment's unless it says otherwise. */
function addressOf(endpoint: string, env: NodeJS.ProcessEnv): string {
  return endpoint.includes("://") ? endpoint : env["DOCKER_HOST"] || DEFAULT_SOCKET;
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
