/** The registry as a program of this machine: Debian's docker-registry. */
import { join } from "node:path";
import { startServer } from "../system/daemon.ts";
import { ownedBy } from "../system/own-processes.ts";
import type { RegistryStarter } from "./registry.ts";

/** Where the programs are. */
export interface RegistryPrograms {
  readonly dockerRegistry: string;
  readonly tini: string;
  readonly env: Readonly<Record<string, string>>;
}

const READY_WITHIN_MS = 15_000;
const GRACE_MS = 5_000;

/** Starts docker-registry; it ends with this process. */
export function registryProcess(programs: RegistryPrograms): RegistryStarter {
  return async ({ folder, port, writeConfig, answers }) => {
    await writeConfig(folder, `127.0.0.1:${port}`);
    return startServer({
      program: programs.dockerRegistry,
      args: ["serve", join(folder, "config.yml")],
      env: { ...programs.env, ...ownedBy([folder]) },
      logFile: join(folder, "registry.log"),
      init: programs.tini,
      answers,
      readyWithinMs: READY_WITHIN_MS,
      graceMs: GRACE_MS,
    });
  };
}
