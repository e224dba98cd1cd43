/** A key value store as a container of a Docker engine: Docker Hub's official image of Valkey. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../../../cli/progress.ts";
import { makeAvailable, type PublicImages } from "../images/public-images.ts";
import { call, type Tool } from "../system/command.ts";
import { eventually } from "../system/polling.ts";
import { type CacheServerKind, type CacheServerSetup, configurationFile } from "./server.ts";

/** What it takes to run one. */
export interface CacheContainerOptions {
  readonly docker: Tool;
  readonly images: PublicImages;
  readonly progress: Progress;
  /** Label that marks the sandbox's containers, `name=value`. */
  readonly label: string;
  /** Start of every container's name. */
  readonly namePrefix: string;
  /** Whether containers listen on the machine's loopback themselves, or on a port that the engine forwards. */
  readonly network: "host" | "published";
}

/** The major version that Render runs ("Render Key Value"). */
const IMAGE = "valkey/valkey:8";
const DATA_IN_CONTAINER = "/data";
const FILE_IN_CONTAINER = "/valkey.conf";
const PORT_IN_CONTAINER = 6379;
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_S = 10;

/** Servers in containers, one for each store. */
export function cacheContainer(options: CacheContainerOptions): CacheServerKind {
  return {
    async prepare() {
      if (await makeAvailable(options.images, IMAGE, options)) return;
      throw new Error(
        `It cannot pull ${IMAGE} from Docker Hub, for the cache. Give the engine access, or load the image with "docker load".`,
      );
    },
    start: (setup) => start(options, setup),
  };
}

async function start(
  { docker, namePrefix, label, network }: CacheContainerOptions,
  { folder, request, port, answers }: CacheServerSetup,
): Promise<{ close(): Promise<void> }> {
  const name = `${namePrefix}cache-${request.id}`;
  const file = join(folder, "server.conf");
  const place = network === "host" ? { address: "127.0.0.1", port } : { address: "*", port: PORT_IN_CONTAINER };
  // The image's own user reads it; nobody else comes into the folder.
  await writeFile(file, configurationFile(request, { ...place, data: DATA_IN_CONTAINER }), { mode: 0o644 });
  const close = async (): Promise<void> => {
    await call(docker, ["stop", "--time", String(STOP_WITHIN_S), name]).catch((error: unknown) => error);
    await call(docker, ["rm", "--force", "--volumes", name]).catch((error: unknown) => error);
  };
  await close();
  try {
    await call(docker, [
      ...["run", "--detach", "--name", name, "--label", label, ...userArguments()],
      ...["--volume", `${join(folder, "data")}:${DATA_IN_CONTAINER}`, "--volume", `${file}:${FILE_IN_CONTAINER}:ro`],
      ...(network === "host" ? ["--network", "host"] : ["--publish", `127.0.0.1:${port}:${PORT_IN_CONTAINER}`]),
      ...[IMAGE, "valkey-server", FILE_IN_CONTAINER],
    ]);
    if (await eventually(answers, READY_WITHIN_MS)) return { close };
    const { output } = await call(docker, ["logs", "--tail", "8", name]);
    throw new Error(`The cache's container did not answer on port ${port}. Its log:\n${output}`);
  } catch (error) {
    await close();
    throw error;
  }
}

/** Root's container changes to a user without rights by itself ("Docker Official Image: valkey"). */
function userArguments(): string[] {
  const id = process.getuid?.() ?? 0;
  return id === 0 ? [] : ["--user", `${id}:${process.getgid?.() ?? id}`];
}
