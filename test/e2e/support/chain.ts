/** A whole offline world with a copy of the program in it, for one end-to-end test file. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunResult } from "../../../cli/child-process.ts";
import { silentProgress } from "../../../cli/progress.ts";
import { prepareEngineHome, SANDBOX_STACK } from "../../../sandbox/engine-home.ts";
import { keptPortsFile } from "../../../sandbox/kept-ports.ts";
import { cacheDir } from "../../../sandbox/paths.ts";
import type { EngineHome } from "../../../sandbox/pulumi.ts";
import { pulumiCaptured } from "../../../sandbox/pulumi.ts";
import { openWorld, type World } from "../../../sandbox/world.ts";
import { bringLayers, keepLayers } from "../../support/kept-layers.ts";
import { bringEditions, keepEditions } from "./installed-editions.ts";
import { openPluginHost } from "./plugin-host.ts";
import { copyProject, sharedCompileCache } from "./project-copy.ts";
import { sandboxConsole, type TrafficLine } from "./sandbox-console.ts";
import { readStackState } from "./stack-state.ts";

/** The world and the program of one test file. */
export interface Chain {
  /** The temporary folder that holds everything; gone after `close`. */
  readonly folder: string;
  /** The copy of the program; edit it freely. */
  readonly projectDir: string;
  world: World;
  home: EngineHome;
  /** Runs `pulumi` in the copy; gives its exit code and all it printed. */
  pulumi(...args: string[]): Promise<RunResult>;
  /** Runs `pulumi` with some of its environment replaced. */
  pulumiWith(environment: Record<string, string>, ...args: string[]): Promise<RunResult>;
  /** Runs `pulumi` and fails the test with its whole output when it fails. */
  succeed(...args: string[]): Promise<string>;
  /** The same, in another folder. */
  succeedIn(folder: string, ...args: string[]): Promise<string>;
  /** Takes back every change that `pulumi config` made to the stack's file. */
  resetConfiguration(): Promise<void>;
  /** The calls recorded since this world was opened. */
  traffic(): Promise<TrafficLine[]>;
  /** Calls that changed something, as `METHOD path` lines. */
  writes(): Promise<string[]>;
  /** The stack's outputs, as they stand in its state. */
  outputs(): Promise<Record<string, never>>;
  /** Closes the world and opens it again over the same state, at the same addresses or on other ports. */
  restart(ports?: "same ports" | "other ports"): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a world in a new temporary folder. `close` must be called in an `after` hook.
 * With `plugins: "processes"` each plugin is a process of its own, as for users; else only the one that builds is.
 */
export async function openChain({ plugins = "hosted" as "hosted" | "processes" } = {}): Promise<Chain> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-e2e-"));
  const stateDir = join(folder, "state");
  const projectDir = await copyProject(join(folder, "project"));
  const registry = join(stateDir, "docker", "registry");
  const compiled = await sharedCompileCache(folder);
  await bringLayers(registry, "acme/site");
  const host = plugins === "hosted" ? await openPluginHost() : undefined;
  await host?.takeOwn(projectDir);
  const open = async (): Promise<Pick<Chain, "world" | "home">> => {
    const world = await openWorld({ stateDir, cacheDir: cacheDir(), progress: silentProgress });
    try {
      await bringEditions(stateDir);
      const home = await prepareEngineHome({
        stateDir,
        world: world.description,
        plugins: "offline",
        progress: silentProgress,
        projectDir,
      });
      await keepEditions(stateDir);
      await host?.takeEditions(home.env["PULUMI_HOME"] ?? "", { builds: "real" });
      return { world, home: { ...home, env: { ...home.env, ...compiled } } };
    } catch (error) {
      await world.close();
      throw error;
    }
  };
  const opened = await open().catch(async (error: unknown) => {
    await host?.close();
    await rm(folder, { recursive: true, force: true });
    throw error;
  });

  const stackFile = opened.home.env["PULUMI_OPTION_CONFIG_FILE"] ?? "";
  const configuration = await readFile(stackFile, "utf8");

  const chain: Chain = {
    folder,
    projectDir,
    ...opened,
    pulumi: (...args) => pulumiCaptured(chain.home, args),
    pulumiWith: (environment, ...args) =>
      pulumiCaptured({ ...chain.home, env: { ...chain.home.env, ...environment } }, args),
    succeed: (...args) => chain.succeedIn(projectDir, ...args),
    async succeedIn(cwd, ...args) {
      const { code, stdout, stderr } = await pulumiCaptured(chain.home, args, cwd);
      if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}\n${stdout}\n${stderr}`);
      return stdout;
    },
    resetConfiguration: () => writeFile(stackFile, configuration),
    traffic: () => sandboxConsole(chain.world.description.console).traffic(),
    writes: () => sandboxConsole(chain.world.description.console).writes(),
    async outputs() {
      const state = await readStackState(chain.home.env["PULUMI_BACKEND_URL"] ?? "", SANDBOX_STACK);
      return state.only("pulumi:pulumi:Stack").outputs as Record<string, never>;
    },
    async restart(ports = "same ports") {
      await chain.world.close();
      if (ports === "other ports") await rm(keptPortsFile(stateDir));
      Object.assign(chain, await open());
    },
    async close() {
      await host?.close();
      await chain.world.close();
      await keepLayers(registry);
      await rm(folder, { recursive: true, force: true });
    },
  };
  return chain;
}
