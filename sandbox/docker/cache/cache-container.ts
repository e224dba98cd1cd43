/** A key value store as a container of a Docker engine: Docker Hub's official image of Valkey. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { needImage, type OfficialImageOptions, startServerContainer, userArguments } from "../run/server-container.ts";
import { type CacheServerKind, type CacheServerSetup, configurationFile } from "./server.ts";

/** The major version that Render runs ("Render Key Value"). */
const IMAGE = "valkey/valkey:8";
const DATA_IN_CONTAINER = "/data";
const FILE_IN_CONTAINER = "/valkey.conf";
const PORT_IN_CONTAINER = 6379;
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_S = 10;

/** Servers in containers, one for each store. */
export function cacheContainer(options: OfficialImageOptions): CacheServerKind {
  return {
    prepare: () => needImage(options, IMAGE, "the cache"),
    start: (setup) => start(options, setup),
  };
}

async function start(
  { docker, namePrefix, label, network }: OfficialImageOptions,
  { folder, request, port, answers }: CacheServerSetup,
): Promise<{ close(): Promise<void> }> {
  const name = `${namePrefix}cache-${request.id}`;
  const file = join(folder, "server.conf");
  const place = network === "host" ? { address: "127.0.0.1", port } : { address: "*", port: PORT_IN_CONTAINER };
  // The image's own user reads it; nobody else comes into the folder.
  await writeFile(file, configurationFile(request, { ...place, data: DATA_IN_CONTAINER }), { mode: 0o644 });
  return startServerContainer({
    ...{ docker, name, label, port, answers },
    arguments: [
      ...userArguments(),
      ...["--volume", `${join(folder, "data")}:${DATA_IN_CONTAINER}`, "--volume", `${file}:${FILE_IN_CONTAINER}:ro`],
      ...(network === "host" ? ["--network", "host"] : ["--publish", `127.0.0.1:${port}:${PORT_IN_CONTAINER}`]),
      ...[IMAGE, "valkey-server", FILE_IN_CONTAINER],
    ],
    what: "cache",
    readyWithinMs: READY_WITHIN_MS,
    stopWithinS: STOP_WITHIN_S,
  });
}
