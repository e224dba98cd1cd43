/** A key value store as a program of this machine, from Debian's packages, run by a user without rights. */
import { chown, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../../../cli/progress.ts";
import { UNPRIVILEGED_ID, unprivilegedView } from "../database/unprivileged.ts";
import { startServer } from "../system/daemon.ts";
import { type UnpackedPrograms, unpackPackages } from "../system/debian-packages.ts";
import { exists } from "../system/exists.ts";
import { ownedBy } from "../system/own-processes.ts";
import { sharedAttempt } from "../system/shared-attempt.ts";
import { type CacheServerKind, type CacheServerSetup, configurationFile } from "./server.ts";

/** What it takes to run one. */
export interface CacheProcessOptions {
  readonly cacheDir: string;
  readonly progress: Progress;
  /** The tini program. */
  readonly tini: string;
}

/** Every release has Redis, which Valkey began as; only newer ones have Valkey. */
const PACKAGE = "redis-server";
const PROGRAM = "usr/bin/redis-server";

const READY_WITHIN_MS = 60_000;
const GRACE_MS = 10_000;

/** Servers from a package. They end with this process. */
export function cacheProcess(options: CacheProcessOptions): CacheServerKind {
  const programs = sharedAttempt(() => unpackPackages({ ...options, packages: [PACKAGE] }));
  return {
    prepare: async () => void (await programs()),
    start: async (setup) => start(options, await programs(), setup),
  };
}

async function start(
  { tini }: CacheProcessOptions,
  { root, env }: UnpackedPrograms,
  { folder, request, port, answers }: CacheServerSetup,
): Promise<{ close(): Promise<void> }> {
  const data = join(folder, "data");
  const view = unprivilegedView([
    { folder: root, name: "programs" },
    { folder: data, name: "data" },
  ]);
  const unpacked = join(root, PROGRAM);
  const program = (await exists(unpacked)) ? view.seen(unpacked) : join("/", PROGRAM);
  // Only its user can read the file; it holds the password.
  const file = join(data, "server.conf");
  await writeFile(file, configurationFile(request, { address: "127.0.0.1", port, data: view.seen(data) }), {
    mode: 0o600,
  });
  for (const path of [data, file]) await chown(path, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
  const libraries = (env["LD_LIBRARY_PATH"] ?? "").split(":").map(view.seen).join(":");
  const server = view.tool({
    PATH: "/usr/bin:/bin",
    LD_LIBRARY_PATH: libraries,
    LC_ALL: "C.UTF-8",
    ...ownedBy([folder]),
  });
  return startServer({
    program: server.program,
    args: [...(server.args ?? []), program, view.seen(file)],
    env: server.env,
    logFile: join(folder, "server.log"),
    init: tini,
    answers,
    readyWithinMs: READY_WITHIN_MS,
    graceMs: GRACE_MS,
  });
}
