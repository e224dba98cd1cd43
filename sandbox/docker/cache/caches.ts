/** The sandbox's key value stores: one server for each of emulated Render's resources, with a password of its own. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { CacheRequest, Caches } from "../../services/core/caches.ts";
import { movedMessage } from "../../services/core/ports.ts";
import type { Cleanup } from "../system/cleanup.ts";
import { readJsonFile } from "../system/json-file.ts";
import { onKeptPort } from "../system/kept-port.ts";
import { reconfigure, takesPassword } from "./administration.ts";
import type { CacheServerKind } from "./server.ts";

interface RunningCache {
  readonly port: number;
  /** With what it runs. */
  readonly request: CacheRequest;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";

const recordSchema = z.object({ port: z.int() });

/** Opens the stores that are kept in the folder, or will be. No server is started yet. */
export function openCaches(folder: string, kind: CacheServerKind, tell: (message: string) => void): Caches {
  const servers = new Map<string, Promise<RunningCache>>();
  let closed = false;

  const run = async (request: CacheRequest, before: Promise<RunningCache> | undefined): Promise<RunningCache> => {
    const running = await before?.catch(() => undefined);
    if (!running) {
      await kind.prepare();
      if (closed) throw new Error("The sandbox is stopping.");
      return startServer(join(folder, request.id), request, kind, tell);
    }
    await reconfigure({ port: running.port, password: running.request.password }, running.request, request);
    return { ...running, request };
  };
  const stop = async (server: Promise<RunningCache> | undefined): Promise<void> => {
    await (await server?.catch(() => undefined))?.close();
  };
  const stopAll = async (): Promise<void> => {
    const all = [...servers.values()];
    servers.clear();
    await Promise.all(all.map(stop));
  };

  return {
    async provide(request) {
      const server = run(request, servers.get(request.id));
      servers.set(request.id, server);
      const { port } = await server;
      return { host: HOST, port };
    },
    async remove(id) {
      const server = servers.get(id);
      servers.delete(id);
      await stop(server);
      await rm(join(folder, id), { recursive: true, force: true });
    },
    async clear() {
      await stopAll();
      await rm(folder, { recursive: true, force: true });
    },
    async close() {
      closed = true;
      await stopAll();
    },
  };
}

/** Starts the server of a folder on the port of the last time. */
async function startServer(
  folder: string,
  request: CacheRequest,
  kind: CacheServerKind,
  tell: (message: string) => void,
): Promise<RunningCache> {
  const { id, password, persistence } = request;
  const recordFile = join(folder, "port.json");
  const before = await readJsonFile(recordFile, recordSchema);
  // A server reads what it finds, also when it is told to keep nothing.
  if (persistence === "off") await rm(join(folder, "data"), { recursive: true, force: true });
  await mkdir(join(folder, "data"), { recursive: true, mode: 0o700 });
  const start = async (port: number, cleanup: Cleanup): Promise<void> => {
    const answers = (signal: AbortSignal): Promise<boolean> => takesPassword({ port, password }, signal);
    const running = await kind.start({ folder, request, port, answers });
    cleanup.add(() => running.close());
    await writeFile(recordFile, JSON.stringify({ port }), { mode: 0o600 });
  };
  const { port, close } = await onKeptPort(before?.port, start, tell);
  if (before && before.port !== port) tell(movedMessage(`the key value store ${id}`, before.port, port));
  return { port, request, close };
}
