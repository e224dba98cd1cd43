/** A Docker engine that the sandbox starts for itself from Debian's packages: no installation, no service. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { noted } from "../../../cli/progress.ts";
import { cacheContainer } from "../cache/cache-container.ts";
import { cacheProcess } from "../cache/cache-process.ts";
import { postgresContainer } from "../database/postgres-container.ts";
import { postgresProcess } from "../database/postgres-process.ts";
import type { Engine, EngineOption, EngineRequest } from "../engine.ts";
import { startMirror } from "../images/mirror.ts";
import { offerBaseImage } from "../images/public-images.ts";
import { registryProcess } from "../registry/registry-process.ts";
import { Cleanup } from "../system/cleanup.ts";
import { type Daemon, startDaemon } from "../system/daemon.ts";
import { takeDataRoot } from "../system/data-root.ts";
import { ownedBy } from "../system/own-processes.ts";
import { type DebianPrograms, debianPrograms } from "./debian-programs.ts";
import { findDockerClient } from "./docker-client.ts";
import { clientFor, containersOf, dockerEngine, dockerImages, dockerInfo, removeContainers } from "./docker-engine.ts";
import { answersPing } from "./docker-ping.ts";
import { clearRunFolder, controlGroupOf, runFolderOf } from "./run-folder.ts";

const PACKAGES = ["docker.io"];
/** Newer releases package the client and its build plugin apart. */
const OPTIONAL_PACKAGES = ["docker-cli", "docker-buildx"];

const READY_WITHIN_MS = 60_000;
const GRACE_MS = 20_000;

export const privateEngine: EngineOption = {
  kind: "private",
  title: "a Docker engine of the sandbox's own",
  async open(request) {
    const cleanup = new Cleanup();
    try {
      return await openEngine(request, cleanup);
    } catch (error) {
      await cleanup.runAfterFailure((message) => request.progress.note(message));
      throw error;
    }
  },
};

async function openEngine(request: EngineRequest, cleanup: Cleanup): Promise<Engine> {
  const { cacheDir, stateDir, progress, signal } = request;
  const programs = await debianPrograms(request, PACKAGES, OPTIONAL_PACKAGES);
  const { env } = programs;

  await clearRunFolder(request);
  const dataRoot = await takeDataRoot(join(cacheDir, "engine"));
  cleanup.add(dataRoot.release);
  cleanup.add(() => clearRunFolder(request));
  const mirror = await startMirror(stateDir);
  cleanup.add(mirror.close);

  const socket = join(runFolderOf(request), "docker.sock");
  const daemon = await startDockerd(request, programs, { socket, dataRoot: dataRoot.folder, mirror: mirror.address });
  cleanup.add(() => daemon.stop(GRACE_MS));
  await progress.step(
    "Starting a Docker engine",
    () => daemon.waitUntil((deadline) => answersPing(socket, deadline), READY_WITHIN_MS),
    "2 s",
  );

  const endpoint = { client: await findDockerClient(env, programs.root), host: `unix://${socket}`, env };
  const docker = await clientFor(endpoint, stateDir);
  // What a run that crashed has left on this data root.
  await removeContainers(docker);
  const mmdebstrap = { program: await programs.program("mmdebstrap"), env };
  const standIn = await offerBaseImage(dockerImages(docker), mirror, { cacheDir, mmdebstrap, progress, signal });

  const tini = await programs.program("tini");
  const container = {
    docker,
    images: dockerImages(docker),
    network: "host",
    ...containersOf(request.worldId),
  } as const;

  const { ServerVersion } = await dockerInfo(docker, READY_WITHIN_MS);
  return dockerEngine({
    kind: "private",
    description: `Docker ${ServerVersion}, started by the sandbox`,
    request,
    endpoint,
    docker,
    standIn,
    network: "host",
    buildNetwork: "host",
    startRegistry: registryProcess({
      dockerRegistry: await programs.program("docker-registry"),
      tini,
      env,
    }),
    // A stand-in for the base image says that Docker Hub is out of reach.
    postgres: standIn
      ? postgresProcess({ cacheDir, progress: noted(progress), tini })
      : postgresContainer({ ...container, progress: noted(progress) }),
    cache: standIn
      ? cacheProcess({ cacheDir, progress: noted(progress), tini })
      : cacheContainer({ ...container, progress: noted(progress) }),
    close: () => cleanup.run(),
  });
}

async function startDockerd(
  request: EngineRequest,
  { program, env }: DebianPrograms,
  { socket, dataRoot, mirror }: { socket: string; dataRoot: string; mirror: string },
): Promise<Daemon> {
  const folder = runFolderOf(request);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return startDaemon({
    program: await program("dockerd"),
    args: [
      ...["--host", `unix://${socket}`, "--pidfile", join(folder, "dockerd.pid"), "--exec-root", join(folder, "exec")],
      ...["--data-root", dataRoot, "--registry-mirror", `http://${mirror}`],
      // Builds and containers use the machine's own network, so that no bridge and no packet filter rule is made.
      ...["--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false"],
      // A group of the sandbox's own can be removed with all that is in it, on either version of control groups.
      ...["--exec-opt", "native.cgroupdriver=cgroupfs", "--cgroup-parent", `/${controlGroupOf(request)}`],
    ],
    env: { ...env, ...ownedBy([folder, dataRoot]) },
    logFile: join(request.stateDir, "dockerd.log"),
    init: await program("tini"),
  });
}
