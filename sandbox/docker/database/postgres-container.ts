/** PostgreSQL as a container of a Docker engine: Docker Hub's official image, in the version that is asked for. */
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../../../cli/progress.ts";
import { makeAvailable, type PublicImages } from "../images/public-images.ts";
import { placeVariables } from "../run/container-variables.ts";
import { call, type Tool } from "../system/command.ts";
import { eventually } from "../system/polling.ts";
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

/** What it takes to run one. */
export interface PostgresContainerOptions {
  readonly docker: Tool;
  readonly images: PublicImages;
  readonly progress: Progress;
  /** Label that marks the sandbox's containers, `name=value`. */
  readonly label: string;
  /** Start of every container's name. */
  readonly namePrefix: string;
  /** Whether containers listen on the machine's loopback themselves, or on a port that the engine forwards. */
  readonly network: "host" | "published";
}

const DATA_IN_CONTAINER = "/database";
const PORT_IN_CONTAINER = 5432;
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_S = 10;

/** Servers in containers, one for each major version. */
export function postgresContainer(options: PostgresContainerOptions): ServerKind {
  return {
    async provide(asked) {
      const image = imageOf(asked);
      if (await makeAvailable(options.images, image, options)) return asked;
      throw new Error(
        `It cannot pull ${image} from Docker Hub, for the database. Give the engine access, or load the image with "docker load".`,
      );
    },
    start: (version, setup) => start(options, version, setup),
  };
}

const imageOf = (version: string): string => `postgres:${version}`;

async function start(options: PostgresContainerOptions, version: string, setup: ServerSetup): Promise<StartedServer> {
  const name = `${options.namePrefix}postgres-${version}`;
  const data = join(setup.folder, "data");
  await mkdir(data, { recursive: true, mode: 0o700 });
  const variables = await placeVariables(join(setup.folder, "variables"), {
    PGDATA: DATA_IN_CONTAINER,
    POSTGRES_USER: SUPERUSER,
    POSTGRES_PASSWORD: setup.password,
    POSTGRES_INITDB_ARGS: INITDB_OPTIONS.join(" "),
  });
  const close = async (): Promise<void> => {
    await call(options.docker, ["stop", "--time", String(STOP_WITHIN_S), name]).catch((error: unknown) => error);
    await call(options.docker, ["rm", "--force", "--volumes", name]).catch((error: unknown) => error);
  };
  await close();
  try {
    await call(options.docker, [
      ...["run", "--detach", "--name", name, "--label", options.label, ...userArguments()],
      ...["--volume", `${data}:${DATA_IN_CONTAINER}`, ...variables.arguments],
      ...listening(options.network, version, setup.port),
    ]);
    if (await eventually(setup.answers, READY_WITHIN_MS)) return { ...clientsOf(options, name, setup), close };
    const { output } = await call(options.docker, ["logs", "--tail", "8", name]);
    throw new Error(`The database's container did not answer on port ${setup.port}. Its log:\n${output}`);
  } catch (error) {
    await close();
    throw error;
  }
}

/** The image's own clients, of the server's version; what they read and write passes through a folder in the container. */
function clientsOf(
  { docker, network }: PostgresContainerOptions,
  name: string,
  { port }: ServerSetup,
): Pick<StartedServer, "dump" | "restore"> {
  const address = ["--host=127.0.0.1", `--port=${network === "host" ? port : PORT_IN_CONTAINER}`];
  const through = async (work: (inside: string) => Promise<void>): Promise<void> => {
    const inside = `/tmp/${randomUUID()}`;
    try {
      await work(inside);
    } finally {
      await call(docker, ["exec", "--user", "root", name, "rm", "-rf", inside]).catch((error: unknown) => error);
    }
  };
  const run = (program: string, { user, password }: DatabaseLogin, args: readonly string[]) =>
    // Without a value, the variable is that of the Docker client, whose arguments everybody can read.
    call(docker, ["exec", "--env", "PGPASSWORD", name, program, ...address, `--username=${user}`, ...args], {
      env: { PGPASSWORD: password },
    });
  return {
    dump: (login, folder) =>
      through(async (inside) => {
        await run("pg_dump", login, dumpArguments(login, inside));
        await call(docker, ["cp", `${name}:${inside}`, folder]);
      }),
    restore: (login, folder) =>
      through(async (inside) => {
        await call(docker, ["cp", folder, `${name}:${inside}`]);
        await call(docker, ["exec", "--user", "root", name, "chmod", "-R", "a+rX", inside]);
        await run("pg_restore", login, restoreArguments(login, inside));
      }),
  };
}

/** Root's container changes to a user without rights by itself ("Docker Official Image: postgres"). */
function userArguments(): string[] {
  const id = process.getuid?.() ?? 0;
  return id === 0 ? [] : ["--user", `${id}:${process.getgid?.() ?? id}`];
}

/** The image, and on which port of which network its server listens. */
function listening(network: "host" | "published", version: string, port: number): string[] {
  const image = imageOf(version);
  return network === "host"
    ? ["--network", "host", image, ...serverOptions({ port, listen_addresses: "127.0.0.1" })]
    : ["--publish", `127.0.0.1:${port}:${PORT_IN_CONTAINER}`, image, ...serverOptions({ listen_addresses: "*" })];
}
