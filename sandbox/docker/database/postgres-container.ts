/** PostgreSQL as a container of a Docker engine: Docker Hub's official image, in the version that is asked for. */
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { placeVariables } from "../run/container-variables.ts";
import { needImage, type OfficialImageOptions, startServerContainer, userArguments } from "../run/server-container.ts";
import { call } from "../system/command.ts";
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

const DATA_IN_CONTAINER = "/database";
const PORT_IN_CONTAINER = 5432;
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_S = 10;

/** Servers in containers, one for each major version. */
export function postgresContainer(options: OfficialImageOptions): ServerKind {
  return {
    async provide(asked) {
      const image = imageOf(asked);
      await needImage(options, image, "the database");
      return asked;
    },
    start: (version, setup) => start(options, version, setup),
  };
}

const imageOf = (version: string): string => `postgres:${version}`;

async function start(options: OfficialImageOptions, version: string, setup: ServerSetup): Promise<StartedServer> {
  const name = `${options.namePrefix}postgres-${version}`;
  const data = join(setup.folder, "data");
  await mkdir(data, { recursive: true, mode: 0o700 });
  const variables = await placeVariables(join(setup.folder, "variables"), {
    PGDATA: DATA_IN_CONTAINER,
    POSTGRES_USER: SUPERUSER,
    POSTGRES_PASSWORD: setup.password,
    POSTGRES_INITDB_ARGS: INITDB_OPTIONS.join(" "),
  });
  const { close } = await startServerContainer({
    ...{ docker: options.docker, name, label: options.label, port: setup.port, answers: setup.answers },
    arguments: [
      ...userArguments(),
      ...["--volume", `${data}:${DATA_IN_CONTAINER}`, ...variables.arguments],
      ...listening(options.network, version, setup.port),
    ],
    what: "database",
    readyWithinMs: READY_WITHIN_MS,
    stopWithinS: STOP_WITHIN_S,
  });
  return { ...clientsOf(options, name, setup), close };
}

/** The image's own clients, of the server's version; what they read and write passes through a folder in the container. */
function clientsOf(
  { docker, network }: OfficialImageOptions,
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

/** The image, and on which port of which network its server listens. */
function listening(network: "host" | "published", version: string, port: number): string[] {
  const image = imageOf(version);
  return network === "host"
    ? ["--network", "host", image, ...serverOptions({ port, listen_addresses: "127.0.0.1" })]
    : ["--publish", `127.0.0.1:${port}:${PORT_IN_CONTAINER}`, image, ...serverOptions({ listen_addresses: "*" })];
}
