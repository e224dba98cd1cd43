/** The ports of the services and the console, kept in the state folder, so that every start has the same addresses. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { ServicePorts } from "./services/core/ports.ts";

const port = z.int().min(1).max(65_535);
const schema = z.object({ github: port, circleci: port, sentry: port, render: port, console: port }).partial();

/** The file in which they are kept; without it the next start chooses anew. */
export const keptPortsFile = (stateDir: string): string => join(stateDir, "ports.json");

/** The ports of the last time; none when there was none, or when the file holds something else. */
export async function readKeptPorts(stateDir: string): Promise<ServicePorts> {
  try {
    // A port that is absent stays absent: there is no `undefined` in JSON.
    return schema.parse(JSON.parse(await readFile(keptPortsFile(stateDir), "utf8"))) as ServicePorts;
  } catch {
    return {};
  }
}

/** Keeps the ports for the next time. */
export function keepPorts(stateDir: string, ports: ServicePorts): Promise<void> {
  return writeFile(keptPortsFile(stateDir), `${JSON.stringify(ports)}\n`);
}
