/** Buildah, for machines where no Docker engine can run: it builds, pushes and runs in a changed root, without a daemon. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { noted } from "../../../cli/progress.ts";
import { cacheProcess } from "../cache/cache-process.ts";
import { postgresProcess } from "../database/postgres-process.ts";
import type { Engine, EngineOption, EngineRequest } from "../engine.ts";
import { startMirror } from "../images/mirror.ts";
import { offerBaseImage, type PublicImages } from "../images/public-images.ts";
import { registryProcess } from "../registry/registry-process.ts";
import { buildahRunner } from "../run/buildah-runner.ts";
import { Cleanup } from "../system/cleanup.ts";
import { call, type Tool } from "../system/command.ts";
import { takeDataRoot } from "../system/data-root.ts";
import { ownedBy } from "../system/own-processes.ts";
import { type DebianPrograms, debianPrograms } from "./debian-programs.ts";
import { clearRunFolder, runFolderOf } from "./run-folder.ts";

const PACKAGES = ["buildah", "patchelf"];

export const buildahEngine: EngineOption = {
  kind: "buildah",
  title: "buildah",
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
  const { cacheDir, progress, signal } = request;
  const programs = await debianPrograms(request, PACKAGES, []);
  const { env } = programs;

  await clearRunFolder(request);
  const dataRoot = await takeDataRoot(join(cacheDir, "buildah"));
  cleanup.add(dataRoot.release);
  cleanup.add(() => clearRunFolder(request));
  const mirror = await startMirror(request.stateDir);
  cleanup.add(mirror.close);

  const buildah = await configure(request, programs, { dataRoot: dataRoot.folder, mirror: mirror.address });
  const { stdout: version } = await call(buildah, ["--version"]);
  await removeContainers(buildah);
  const mmdebstrap = { program: await programs.program("mmdebstrap"), env };
  const standIn = await offerBaseImage(images(buildah), mirror, { cacheDir, mmdebstrap, progress, signal });

  const tini = await programs.program("tini");
  const runner = buildahRunner({ buildah, tini, folder: join(runFolderOf(request), "containers") });
  return {
    kind: "buildah",
    description: version.replace(/ \(.*/, ""),
    env: {},
    standIn,
    builder: {
      tool: "buildah",
      program: buildah.program,
      args: [...(buildah.args ?? [])],
      env: {
        ...ownedBy([runFolderOf(request), dataRoot.folder]),
        HOME: buildah.env["HOME"] ?? "",
        TMPDIR: buildah.env["TMPDIR"] ?? "",
      },
      clientPlugins: [],
      network: "host",
    },
    startRegistry: registryProcess({ dockerRegistry: await programs.program("docker-registry"), tini, env }),
    runner,
    postgres: postgresProcess({ cacheDir, progress: noted(progress), tini }),
    cache: cacheProcess({ cacheDir, progress: noted(progress), tini }),
    // Images stay: to buildah they are the layer cache.
    async clear() {
      await runner.stopAll();
      await removeContainers(buildah);
    },
    close: () => cleanup.run(),
  };
}

/** Writes a home with buildah's configuration, and gives buildah with the arguments of its every call. */
async function configure(
  request: EngineRequest,
  programs: DebianPrograms,
  { dataRoot, mirror }: { dataRoot: string; mirror: string },
): Promise<Tool> {
  const folder = runFolderOf(request);
  const [home, temporary, noMore] = [join(folder, "home"), join(folder, "tmp"), join(folder, "registries.conf.d")];
  const containers = join(home, ".config/containers");
  for (const needed of [containers, temporary, noMore]) await mkdir(needed, { recursive: true, mode: 0o700 });
  await writeFile(join(containers, "policy.json"), JSON.stringify({ default: [{ type: "insecureAcceptAnything" }] }));
  const registries = join(folder, "registries.conf");
  const program = await findBuildah(programs, folder);
  await writeFile(registries, registriesConfiguration(mirror));
  const withStorage = (driver: string): Tool => ({
    program,
    args: [
      ...["--root", join(dataRoot, driver), "--runroot", join(folder, "storage"), "--storage-driver", driver],
      ...["--registries-conf", registries, "--registries-conf-dir", noMore],
    ],
    env: { ...programs.env, ...ownedBy([folder, dataRoot]), HOME: home, TMPDIR: temporary },
  });
  // Overlays need a file system below that carries them, which another container's often is not.
  return call(withStorage("overlay"), ["images"]).then(
    () => withStorage("overlay"),
    () => withStorage("vfs"),
  );
}

/** The file that "containers-registries.conf(5)" describes: Docker Hub, with the mirror asked first. */
function registriesConfiguration(mirror: string): string {
  return [
    'unqualified-search-registries = ["docker.io"]',
    'short-name-mode = "disabled"',
    "[[registry]]",
    'location = "docker.io"',
    "[[registry.mirror]]",
    `location = "${mirror}"`,
    "insecure = true",
    "",
  ].join("\n");
}

/**
 * Buildah starts itself anew inside the changed root, with an environment that no longer says where unpacked libraries
 * are. A copy of the unpacked program that carries their place in itself does without.
 */
async function findBuildah({ program, root, env }: DebianPrograms, folder: string): Promise<string> {
  const found = await program("buildah");
  if (!found.startsWith(`${root}/`)) return found;
  const copy = join(folder, "buildah");
  const libraries = env["LD_LIBRARY_PATH"] ?? "";
  const patchelf = { program: await program("patchelf"), env };
  await call(patchelf, ["--force-rpath", "--set-rpath", libraries, "--output", copy, found]);
  return copy;
}

function images(buildah: Tool): PublicImages {
  return {
    has: (image) =>
      call(buildah, ["inspect", "--type", "image", image]).then(
        () => true,
        () => false,
      ),
    pull: (image, options) => call(buildah, ["pull", image], options),
  };
}

async function removeContainers(buildah: Tool): Promise<void> {
  await call(buildah, ["rm", "--all"]);
}
