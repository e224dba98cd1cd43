/** PostgreSQL as a program of this machine, from Debian's packages, run by a user without rights. */
import { chown, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../../../cli/progress.ts";
import { call } from "../system/command.ts";
import { startServer } from "../system/daemon.ts";
import { ownedBy } from "../system/own-processes.ts";
import { sharedAttempt } from "../system/shared-attempt.ts";
import { type PostgresPrograms, postgresPrograms } from "./postgres-programs.ts";
import {
  type DatabaseLogin,
  dumpArguments,
  INITDB_OPTIONS,
  restoreArguments,
  type ServerKind,
  type ServerSetup,
  type StartedServer,
  SUPERUSER,
  serverOptions,
} from "./server.ts";
import { UNPRIVILEGED_ID, type UnprivilegedView, unprivilegedView } from "./unprivileged.ts";

/** What it takes to run one. */
export interface PostgresProcessOptions {
  readonly cacheDir: string;
  readonly progress: Progress;
  /** The tini program. */
  readonly tini: string;
}

const READY_WITHIN_MS = 60_000;
const GRACE_MS = 10_000;

/** Servers from packages; all of them have the one version that the release brings. They end with this process. */
export function postgresProcess(options: PostgresProcessOptions): ServerKind {
  const programs = sharedAttempt(() => postgresPrograms(options));
  return {
    provide: async () => (await programs()).version,
    start: async (_version, setup) => start(options, await programs(), setup),
  };
}

async function start(
  { tini }: PostgresProcessOptions,
  programs: PostgresPrograms,
  setup: ServerSetup,
): Promise<StartedServer> {
  const data = join(setup.folder, "data");
  const cluster = join(data, "cluster");
  const view = unprivilegedView([
    { folder: programs.root, name: "programs" },
    { folder: data, name: "data" },
  ]);
  const env = { ...seenEnvironment(programs, view), ...ownedBy([setup.folder]) };
  if (setup.isNew) await initialize(programs, setup, view, env);

  const server = view.tool(env);
  const { close } = await startServer({
    program: server.program,
    args: [
      ...(server.args ?? []),
      ...[view.seen(join(programs.folder, "postgres")), "-D", view.seen(cluster)],
      ...serverOptions({ port: setup.port, listen_addresses: "127.0.0.1", unix_socket_directories: "" }),
    ],
    env,
    logFile: join(setup.folder, "server.log"),
    init: tini,
    // Its "fast shutdown": the other signal waits for clients to leave ("Shutting Down the Server").
    stopSignal: "SIGINT",
    answers: setup.answers,
    readyWithinMs: READY_WITHIN_MS,
    graceMs: GRACE_MS,
  });
  // A client needs no rights of the server's; it runs as the sandbox does.
  const client = async (program: string, { user, password }: DatabaseLogin, args: readonly string[]) => {
    const address = { PGHOST: "127.0.0.1", PGPORT: `${setup.port}`, PGUSER: user, PGPASSWORD: password };
    await call({ program: join(programs.folder, program), env: { ...programs.env, ...address } }, args);
  };
  return {
    dump: (login, folder) => client("pg_dump", login, dumpArguments(login, folder)),
    restore: (login, folder) => client("pg_restore", login, restoreArguments(login, folder)),
    close,
  };
}

/** Makes the data folder's content. Its user owns the folder; the folder above keeps all others out. */
async function initialize(
  programs: PostgresPrograms,
  { folder, password }: ServerSetup,
  view: UnprivilegedView,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const data = join(folder, "data");
  const [login, cluster] = [join(data, "password"), join(data, "cluster")];
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await writeFile(login, password, { mode: 0o400 });
  for (const path of [data, cluster, login]) await chown(path, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
  const access = [`--username=${SUPERUSER}`, `--pwfile=${view.seen(login)}`, "--auth=scram-sha-256"];
  await call(view.tool(env), [
    ...[view.seen(join(programs.folder, "initdb")), "-D", view.seen(cluster)],
    ...[...INITDB_OPTIONS, ...access, "--no-instructions"],
  ]);
  await rm(login);
}

/** Libraries and programs, by the paths at which they are seen. */
function seenEnvironment({ env }: PostgresPrograms, view: UnprivilegedView): Record<string, string> {
  const seenList = (list: string | undefined): string => (list ?? "").split(":").map(view.seen).join(":");
  return { PATH: seenList(env["PATH"]), LD_LIBRARY_PATH: seenList(env["LD_LIBRARY_PATH"]), LC_ALL: "C.UTF-8" };
}
