/** The Pulumi engine's surroundings in the sandbox: a home, a backend, a stack and its file, all in the state folder. */
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { handOverDockerHost, recordedDockerHost } from "../cli/docker-host/index.ts";
import { assertEntryExists, engineEnvironment, ensureEngine } from "../cli/engine/index.ts";
import type { Progress } from "../cli/progress.ts";
import { installOfflinePlugins } from "./offline-plugins/install.ts";
import { projectRoot } from "./paths.ts";
import { type EngineHome, pulumiCaptured } from "./pulumi.ts";
import type { WorldDescription } from "./running.ts";
import { writeStackFile } from "./stack-file.ts";

/** Whose plugins the engine loads: the offline editions, or the vendors' own from PATH or the user's plugin folder. */
export type PluginChoice = "offline" | "installed";

/** Name of the sandbox's stack. */
export const SANDBOX_STACK = "sandbox";

/** Encrypts the sandbox's stack. It guards sample values only, so it is no secret. */
const SANDBOX_PASSPHRASE = "sandbox";

/**
 * Finds or builds the engine and prepares home, plugins, backend and the selected stack `sandbox`.
 * Everything is made once and brought up to date after that.
 */
export async function prepareEngineHome(options: {
  readonly stateDir: string;
  readonly world: WorldDescription;
  readonly plugins: PluginChoice;
  readonly progress: Progress;
  /** Ends the building of an engine, and whatever is run in this home. */
  readonly signal?: AbortSignal | undefined;
  /** The folder of the program, when it is not this checkout. */
  readonly projectDir?: string;
}): Promise<EngineHome> {
  const { stateDir, world, plugins, progress, signal, projectDir = projectRoot } = options;
  await assertEntryExists(projectDir);
  const engine = await ensureEngine({ progress, signal });
  const home = join(stateDir, "pulumi-home", plugins);
  const backend = join(stateDir, "backend");
  await mkdir(home, { recursive: true });
  await mkdir(backend, { recursive: true });
  const stackFile = await writeStackFile({
    folder: join(stateDir, "stack"),
    projectDir,
    stack: SANDBOX_STACK,
    world,
    // The offline edition builds with the sandbox's engine, which finds it by itself.
    baseImage: plugins === "installed" ? world.standIn : undefined,
  });

  const base: NodeJS.ProcessEnv = {
    ...process.env,
    ...world.env,
    // The vendors' build plugin finds its builders in the user's own Docker configuration.
    ...(plugins === "installed" && { DOCKER_CONFIG: userDockerConfig() }),
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_CONFIG_PASSPHRASE: SANDBOX_PASSPHRASE,
    PULUMI_OPTION_CONFIG_FILE: stackFile,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  if (plugins === "offline") {
    base["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] = "true";
    base["PULUMI_IGNORE_AMBIENT_PLUGINS"] = "true";
  }
  const env = engineEnvironment(engine, base);
  if (plugins === "offline") await installOfflinePlugins({ pulumi: engine.pulumi, pulumiHome: home, env });
  else await linkUserPlugins(home);
  const engineHome = { engine, projectDir, env, signal };
  await selectStack(engineHome, join(stateDir, "stack"));
  return { ...engineHome, env: await withoutDockerHost(engineHome, plugins, signal) };
}

/** What `delivery` does for its own runs of the Pulumi CLI: DOCKER_HOST is not among what a plugin records. */
async function withoutDockerHost(
  home: EngineHome,
  plugins: PluginChoice,
  signal = new AbortController().signal,
): Promise<Record<string, string>> {
  const builds = plugins === "installed";
  // Before the offline edition recorded an address, there was none in any of its states.
  const exported = builds ? (await pulumiCaptured(home, ["stack", "export"])).stdout : "";
  return handOverDockerHost(home.env, { recorded: recordedDockerHost(exported), builds, signal });
}

function userDockerConfig(): string {
  return process.env["DOCKER_CONFIG"] ?? join(homedir(), ".docker");
}

/** The user's own plugin folder serves the vendors' plugins, while the selected stack stays out of the user's home. */
async function linkUserPlugins(home: string): Promise<void> {
  const userHome = process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
  const folder = join(userHome, "plugins");
  await mkdir(folder, { recursive: true });
  await symlink(folder, join(home, "plugins")).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

/**
 * Makes the stack when it is missing and selects it for the checkout. It is made from the folder of the copied
 * stack file, because `stack init` writes into the working folder's Pulumi.<stack>.yaml, whatever the options.
 */
async function selectStack(home: EngineHome, stackDir: string): Promise<void> {
  const record = join(stackDir, "selected");
  const wanted = `${home.projectDir} ${home.env["PULUMI_HOME"]}`;
  const done = await readFile(record, "utf8").catch(() => "");
  if (done === wanted) return;
  const run = async (args: string[], cwd: string): Promise<string> => {
    const { code, stdout, stderr } = await pulumiCaptured(home, args, cwd);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with exit code ${code}: ${stderr.trim()}`);
    return stdout;
  };
  const listed = JSON.parse(await run(["stack", "ls", "--json"], stackDir)) as { name: string }[];
  if (!listed.some((stack) => stack.name.split("/").at(-1) === SANDBOX_STACK)) {
    await run(["stack", "init", SANDBOX_STACK], stackDir);
  }
  await run(["stack", "select", SANDBOX_STACK], home.projectDir);
  await writeFile(record, wanted);
}
