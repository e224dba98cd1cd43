/** Folder for sockets and other things of a running engine. */
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineRequest } from "../engine.ts";
import { removeControlGroup } from "../system/cgroups.ts";
import { unmountBelow } from "../system/mounts.ts";
import { processesOf } from "../system/own-processes.ts";
import { endProcesses, processesFrom } from "../system/processes.ts";

/** The kernel's limit for the path of a socket, less the longest that an engine appends to its folder. */
const LONGEST = 107 - "/exec/containerd/containerd-debug.sock.ttrpc".length;
const GRACE_MS = 20_000;

/** A folder in the state folder, or a short stand-in for one whose path is too long for a socket. */
export function runFolderOf({ stateDir, worldId }: EngineRequest): string {
  const inState = join(stateDir, "run");
  return inState.length <= LONGEST ? inState : join(tmpdir(), `delivery-${worldId}`);
}

/** Name of the control group that holds whatever the sandbox's own engine runs. */
export function controlGroupOf({ worldId }: EngineRequest): string {
  return `delivery-${worldId}`;
}

/** Ends what the sandbox has left running there, and removes its mounts, its control group and itself. */
export async function clearRunFolder(request: EngineRequest): Promise<void> {
  const folder = runFolderOf(request);
  await endProcesses([...(await processesOf(folder)), ...(await processesFrom(folder))], GRACE_MS);
  await removeControlGroup(controlGroupOf(request));
  await unmountBelow(folder);
  await rm(folder, { recursive: true, force: true });
}
