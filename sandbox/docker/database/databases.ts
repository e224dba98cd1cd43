/**
 * The sandbox's PostgreSQL: one server for each major version that is asked for, started when the first database asks
 * for it, and in it one database and one role for each of emulated Render's resources.
 */
import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Databases } from "../../services/core/databases.ts";
import { movedMessage } from "../../services/core/ports.ts";
import type { Cleanup } from "../system/cleanup.ts";
import { readJsonFile } from "../system/json-file.ts";
import { onKeptPort } from "../system/kept-port.ts";
import { processesOf } from "../system/own-processes.ts";
import { endProcesses } from "../system/processes.ts";
import { closeCommonDatabases, provideDatabase, removeRole, type ServerAccess, takesLogin } from "./administration.ts";
import { packed, unpacked } from "./archive.ts";
import type { ServerKind, StartedServer } from "./server.ts";

interface RunningServer extends ServerAccess, StartedServer {
  readonly version: string;
}

const HOST = "127.0.0.1";
const GRACE_MS = 10_000;

const recordSchema = z.object({ port: z.int(), password: z.string() });

/** Ends the servers that a crash has left of these databases. */
export async function endLeftServers(folder: string): Promise<void> {
  for (const version of await readdir(folder).catch(() => [])) {
    await endProcesses(await processesOf(join(folder, version)), GRACE_MS);
  }
}

/** Opens the databases that are kept in the folder, or will be. No server is started yet. */
export function openDatabases(folder: string, kind: ServerKind, tell: (message: string) => void): Databases {
  const servers = new Map<string, Promise<RunningServer>>();
  const told = new Set<string>();
  let closed = false;

  const serverFor = async (asked: string): Promise<RunningServer> => {
    const version = await kind.provide(asked);
    if (closed) throw new Error("The sandbox is stopping.");
    if (version !== asked && !told.has(asked)) {
      told.add(asked);
      tell(
        `PostgreSQL ${asked} is asked for; without Docker Hub the sandbox runs ${version}, which this machine's release has.`,
      );
    }
    const running = servers.get(version) ?? startServer(join(folder, version), version, kind, tell);
    servers.set(version, running);
    // Who asks next tries again.
    running.catch(() => servers.delete(version));
    return running;
  };

  const stopServers = async (): Promise<void> => {
    const started = await Promise.allSettled(servers.values());
    servers.clear();
    await Promise.all(started.map((server) => server.status === "fulfilled" && server.value.close()));
  };

  return {
    async provide(request) {
      const server = await serverFor(request.version);
      await provideDatabase(server, request);
      return { host: HOST, port: server.port, version: server.version };
    },
    async dump(request, name) {
      const server = await serverFor(request.version);
      return packed(join(name, request.database), (into) => server.dump(request, into));
    },
    async restore(request, archive) {
      const server = await serverFor(request.version);
      await unpacked(archive, (from) => server.restore(request, from));
    },
    async remove({ user, version }) {
      await removeRole(await serverFor(version), user);
    },
    async clear() {
      await stopServers();
      await rm(folder, { recursive: true, force: true });
    },
    async close() {
      closed = true;
      await stopServers();
    },
  };
}

/** Starts the server of a folder on the port and with the password of the last time. */
async function startServer(
  folder: string,
  version: string,
  kind: ServerKind,
  tell: (message: string) => void,
): Promise<RunningServer> {
  const recordFile = join(folder, "access.json");
  // Written once a start has succeeded: what is there without it was left half made.
  const before = await readJsonFile(recordFile, recordSchema);
  const data = join(folder, "data");
  const password = before?.password ?? randomBytes(18).toString("base64url");
  const start = async (port: number, cleanup: Cleanup) => {
    if (!before) await rm(data, { recursive: true, force: true });
    await mkdir(data, { recursive: true, mode: 0o700 });
    const access = { port, password };
    const answers = (signal: AbortSignal): Promise<boolean> => takesLogin(access, signal);
    const running = await kind.start(version, { folder, isNew: !before, ...access, answers });
    cleanup.add(() => running.close());
    if (!before) await closeCommonDatabases(access);
    await writeFile(recordFile, JSON.stringify(access), { mode: 0o600 });
    return running;
  };
  const { started, port, close } = await onKeptPort(before?.port, start, tell);
  if (before && before.port !== port) tell(movedMessage(`PostgreSQL ${version}`, before.port, port));
  return { ...started, port, password, version, close };
}
