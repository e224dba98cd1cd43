/** Finds a docker client that can build with BuildKit. */
import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { clientConfiguration } from "../build/login.ts";
import { call, type Tool } from "../system/command.ts";
import { exists } from "../system/exists.ts";
import { findProgram } from "../system/host.ts";
import { readJsonFile } from "../system/json-file.ts";

/** A docker client and what every call of it needs. */
export interface DockerClient {
  readonly program: string;
  /** Folders where it finds its plugins. */
  readonly plugins: readonly string[];
}

/** From this version on the client builds with its plugin buildx, and no longer by itself. */
const FIRST_WITHOUT_BUILDKIT = 23;

const PLUGIN_FOLDERS = ["usr/libexec/docker/cli-plugins", "usr/lib/docker/cli-plugins"];

/**
 * The first client of PATH, or of the usual places, that can build with BuildKit.
 * @param root folder that stands for `/` of unpacked packages, whose plugins the client does not find by itself.
 * @throws Error saying what is missing.
 */
export async function findDockerClient(env: Readonly<Record<string, string>>, root?: string): Promise<DockerClient> {
  const onPath = await findProgram("docker", env);
  const candidates = [onPath, "/usr/bin/docker"].filter((program) => program !== undefined);
  const plugins = await pluginFolders(env, root);
  for (const program of new Set(candidates)) {
    if ((await exists(program)) && (await canBuild({ program, env }, plugins))) return { program, plugins };
  }
  throw new Error(
    onPath
      ? `The docker client ${onPath} cannot build: its buildx plugin is not installed.`
      : "There is no docker client on PATH.",
  );
}

/** Writes the configuration folder that the sandbox's clients share; it holds no login. */
export async function writeClientConfiguration(folder: string, client: DockerClient): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, "config.json"), clientConfiguration([], client.plugins), { mode: 0o600 });
  return folder;
}

async function canBuild(docker: Tool, plugins: readonly string[]): Promise<boolean> {
  const version = await call(docker, ["--version"]).catch(() => undefined);
  const major = Number(/version (\d+)\./.exec(version?.stdout ?? "")?.[1]);
  if (!major) return false;
  if (major < FIRST_WITHOUT_BUILDKIT) return true;
  const found = await Promise.all(plugins.map((folder) => exists(join(folder, "docker-buildx"))));
  return found.includes(true);
}

const userConfigurationSchema = z.object({ cliPluginsExtraDirs: z.array(z.string()).default([]) });

/** The folders that "docker info" looks through for plugins, and those of unpacked packages. */
async function pluginFolders(env: Readonly<Record<string, string>>, root?: string): Promise<string[]> {
  const userFolder = env["DOCKER_CONFIG"] || join(homedir(), ".docker");
  const { cliPluginsExtraDirs } = (await readJsonFile(join(userFolder, "config.json"), userConfigurationSchema)) ?? {
    cliPluginsExtraDirs: [],
  };
  return [
    ...(root ? PLUGIN_FOLDERS.map((folder) => join(root, folder)) : []),
    join(userFolder, "cli-plugins"),
    ...cliPluginsExtraDirs,
    ...["/usr/local/lib", "/usr/local/libexec"].map((folder) => join(folder, "docker/cli-plugins")),
    ...PLUGIN_FOLDERS.map((folder) => join("/", folder)),
  ];
}
