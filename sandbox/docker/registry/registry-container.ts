/** The registry as a container of the machine's engine: the Distribution project's image. */
import { startServerContainer } from "../run/server-container.ts";
import type { Tool } from "../system/command.ts";
import type { RegistryStarter } from "./registry.ts";

/** The registry's image on Docker Hub. */
export const REGISTRY_IMAGE = "registry:2.8.3";

const FOLDER_IN_CONTAINER = "/registry";
const PORT_IN_CONTAINER = 5000;
const READY_WITHIN_MS = 15_000;

/** Starts the registry's container under a label and a name; it listens on loopback only. */
export function registryContainer(docker: Tool, label: string, name: string): RegistryStarter {
  return async ({ folder, port, writeConfig, answers }) => {
    await writeConfig(FOLDER_IN_CONTAINER, `:${PORT_IN_CONTAINER}`);
    const user = process.getuid ? ["--user", `${process.getuid()}:${process.getgid?.()}`] : [];
    return startServerContainer({
      ...{ docker, name, label, port, answers },
      arguments: [
        ...user,
        ...["--volume", `${folder}:${FOLDER_IN_CONTAINER}`, "--publish", `127.0.0.1:${port}:${PORT_IN_CONTAINER}`],
        ...[REGISTRY_IMAGE, "serve", `${FOLDER_IN_CONTAINER}/config.yml`],
      ],
      what: "registry",
      readyWithinMs: READY_WITHIN_MS,
    });
  };
}
