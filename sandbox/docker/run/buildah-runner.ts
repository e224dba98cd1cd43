/** Runs containers for emulated Render with buildah: the image's files as root, the machine's own network and processes. */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { registryOf } from "../../../providers/kit/image-reference.ts";
import type { ContainerRequest, ContainerRunner, RunningContainer } from "../../services/core/service.ts";
import { tlsArguments } from "../build/buildah-build.ts";
import { withLogins } from "../build/login.ts";
import { pullFailure } from "../failure.ts";
import { CommandFailure, call, lastLines, type Tool } from "../system/command.ts";
import { type Daemon, startDaemon } from "../system/daemon.ts";
import { freePort } from "../system/ports.ts";
import { endProcesses, processesFrom } from "../system/processes.ts";
import { placeFiles } from "./container-files.ts";
import { loopbackOnly } from "./container-network.ts";

/** A runner that knows its containers. */
export interface BuildahRunner extends ContainerRunner {
  stopAll(): Promise<void>;
}

/** How containers are run. */
export interface BuildahRunnerOptions {
  readonly buildah: Tool;
  /** The tini program. */
  readonly tini: string;
  /** Folder for logs and for files that containers get to see. */
  readonly folder: string;
}

const STOP_WITHIN_MS = 10_000;
const NO_RETRIES = ["--retry", "0"];
/** Where a container finds its variables, so that no secret stands in a process list. */
const VARIABLES_FILE = "/run/sandbox-environment";

const containerSchema = z.object({
  FromImageDigest: z.string(),
  Docker: z.object({
    config: z.object({ Cmd: z.array(z.string()).nullish(), Entrypoint: z.array(z.string()).nullish() }),
  }),
});

/** A runner on buildah with chroot isolation. */
export function buildahRunner(options: BuildahRunnerOptions): BuildahRunner {
  const running = new Map<string, RunningContainer>();
  return {
    async start(request) {
      await running.get(request.name)?.stop();
      const container = await start(options, request);
      running.set(request.name, container);
      return container;
    },
    async stopAll() {
      await Promise.all([...running.values()].map((container) => container.stop()));
    },
  };
}

async function start(options: BuildahRunnerOptions, request: ContainerRequest): Promise<RunningContainer> {
  const { buildah, tini } = options;
  const { name, image, credential } = request;
  const folder = join(options.folder, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });

  const logins = credential ? [{ address: registryOf(image), ...credential }] : [];
  await withLogins(logins, [], async (configFolder) => {
    const access = ["--authfile", join(configFolder, "config.json"), ...tlsArguments(image)];
    const from = ["from", "--name", name, "--pull-always", ...access, ...NO_RETRIES, image];
    await call(buildah, from).catch((error: unknown) => {
      throw error instanceof CommandFailure ? pullFailure(error, image, credential?.username) : error;
    });
  });
  const { stdout } = await call(buildah, ["inspect", name]);
  const { FromImageDigest, Docker } = containerSchema.parse(JSON.parse(stdout));
  const { Entrypoint, Cmd } = Docker.config;
  const command = request.command ? ["/bin/sh", "-c", request.command] : (Cmd ?? []);

  const port = await freePort();
  const variables = variablesScript(loopbackOnly(request.env, port));
  const mounts = await placeFiles(join(folder, "files"), { ...request.files, [VARIABLES_FILE]: variables });
  const logFile = join(folder, "output.log");
  const daemon = await startDaemon({
    program: buildah.program,
    args: [
      ...(buildah.args ?? []),
      ...["run", "--isolation", "chroot", ...mounts, name, "--"],
      ...["/bin/sh", "-c", `. ${VARIABLES_FILE} && exec "$@"`, "sh", ...(Entrypoint ?? []), ...command],
    ],
    // The image's files are mounted below this folder, which so tells the container's processes from others.
    env: { ...buildah.env, TMPDIR: folder },
    logFile,
    init: tini,
  });
  return runningContainer({ buildah, daemon, name, folder, logFile, port, digest: FromImageDigest });
}

function runningContainer(parts: {
  buildah: Tool;
  daemon: Daemon;
  name: string;
  folder: string;
  logFile: string;
  port: number;
  digest: string;
}): RunningContainer {
  const { buildah, daemon, logFile } = parts;
  return {
    url: `http://127.0.0.1:${parts.port}`,
    digest: parts.digest,
    running: async () => daemon.exitCode() === undefined,
    exitCode: async () => daemon.exitCode() ?? undefined,
    async logs(lines) {
      const output = await readFile(logFile, "utf8").catch(() => "");
      return lastLines(output, Number.POSITIVE_INFINITY).filter(isContainers).slice(-lines);
    },
    async stop() {
      // Buildah would end at once when asked, and the container with it, without time for its last requests.
      await endProcesses(await processesFrom(parts.folder), STOP_WITHIN_MS);
      await daemon.stop(STOP_WITHIN_MS);
      await call(buildah, ["rm", parts.name]).catch((error: unknown) => {
        if (!(error instanceof CommandFailure && /container not known|no container/i.test(error.output))) throw error;
      });
      await rm(parts.folder, { recursive: true, force: true });
    },
  };
}

/** Buildah adds lines of its own when a container ends with a code that is not 0. */
function isContainers(line: string): boolean {
  return !/^(?:subprocess exited with status \d+|Error: exit status \d+)$/.test(line);
}

function variablesScript(env: Readonly<Record<string, string>>): string {
  const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;
  return Object.entries(env)
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join("");
}
