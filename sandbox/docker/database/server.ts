/** What starts a PostgreSQL server, whichever way the machine allows. */

/** A server that is being started. */
export interface ServerSetup {
  /** The server's own folder. Its data goes into `data` below it, which is there and empty at the first start. */
  readonly folder: string;
  /** True when `data` holds nothing yet. */
  readonly isNew: boolean;
  /** Port to listen on, on loopback. */
  readonly port: number;
  /** Password of the superuser; a server that is not new has it already. */
  readonly password: string;
  /** True once the server takes a login. */
  answers(signal: AbortSignal): Promise<boolean>;
}

/** A database on a server, and who reads or writes it. */
export interface DatabaseLogin {
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** A server that runs. */
export interface StartedServer {
  /** Writes a database in `pg_dump`'s directory format into a folder that is not there yet. */
  dump(login: DatabaseLogin, folder: string): Promise<void>;
  /** Writes what such a folder holds into a database. */
  restore(login: DatabaseLogin, folder: string): Promise<void>;
  close(): Promise<void>;
}

/** A way to run PostgreSQL. */
export interface ServerKind {
  /**
   * The major version that runs where this one is asked for. Provides what that takes.
   * @throws Error with the next step when it cannot be had.
   */
  provide(asked: string): Promise<string>;
  /** Starts a server. @throws Error with the last lines of its log; nothing is left running then. */
  start(version: string, setup: ServerSetup): Promise<StartedServer>;
}

/** The user that owns the server; databases belong to roles of their own. */
export const SUPERUSER = "postgres";

/** Options of `initdb`, as Render's databases are: UTF-8; small files, since a sandbox writes little. */
export const INITDB_OPTIONS: readonly string[] = [
  "--encoding=UTF8",
  "--locale=C.UTF-8",
  "--wal-segsize=1",
  "--no-sync",
];

/** Settings of a server that may be made anew at any time: a crash of the machine may lose it, a crash of the sandbox not. */
const SETTINGS: Readonly<Record<string, string>> = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "32MB",
  max_wal_size: "64MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_logical_replication_workers: "0",
  // What runs side by side shares memory that a container has little of.
  max_parallel_workers_per_gather: "0",
  jit: "off",
  password_encryption: "scram-sha-256",
};

/** The server's settings as options of its command line. */
export function serverOptions(more: Readonly<Record<string, string | number>>): string[] {
  return Object.entries({ ...SETTINGS, ...more }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Arguments of `pg_dump`; the folder is its own to make. */
export function dumpArguments({ database }: DatabaseLogin, folder: string): string[] {
  return ["--format=directory", `--file=${folder}`, `--dbname=${database}`];
}

/** Arguments of `pg_restore`: all belongs to who restores it, whoever owned it. */
export function restoreArguments({ database }: DatabaseLogin, folder: string): string[] {
  return ["--format=directory", "--no-owner", "--no-privileges", "--exit-on-error", `--dbname=${database}`, folder];
}
