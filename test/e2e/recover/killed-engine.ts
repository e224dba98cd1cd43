/** An engine that is killed in the middle of its work. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { descendants } from "../../../cli/descendants.ts";
import type { EngineHome } from "../../../sandbox/pulumi.ts";

/** For a run that hangs; the machine may be slow. */
const DEADLINE_MS = 300_000;
const POLL_MS = 50;
/** The folder or the name that a plugin is started from. */
const PLUGIN = /(?:pulumi-resource-|offline-plugins\/|support\/hollow-)([a-z-]+)/;

/** What gets SIGKILL: the engine and all that it has started, the engine alone, or its plugin of this name. */
export type Victim = "tree" | "engine" | { readonly plugin: string };

/**
 * Runs `pulumi` until `reached`, then kills; comes back when all that it had started has ended, too.
 * @param options `killed` is called when the engine has ended; what outlives it may be waiting for answers.
 * @throws Error with the run's output when it ends by itself before that, or does not get there in time.
 */
export async function killWhen(
  home: EngineHome,
  args: readonly string[],
  reached: () => Promise<boolean>,
  { victim = "tree", killed }: { victim?: Victim; killed?: () => Promise<void> } = {},
): Promise<string> {
  const engine = spawn(home.engine.pulumi, args, { cwd: home.projectDir, env: home.env });
  let output = "";
  for (const stream of [engine.stdout, engine.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const closed = once(engine, "close");
  const root = engine.pid ?? 0;
  const deadline = performance.now() + DEADLINE_MS;
  let started: readonly number[] = [];
  try {
    while (!(await reached())) {
      if (engine.exitCode !== null) throw new Error(`pulumi ${args[0]} ended by itself:\n${output}`);
      if (performance.now() > deadline) throw new Error(`pulumi ${args[0]} did not get there in time:\n${output}`);
      await wait(POLL_MS);
    }
    started = descendants(root);
    // The engine first, so that it cannot see the end of its plugins and write that into the state.
    if (victim === "tree") kill([root, ...started]);
    else if (victim === "engine") kill([root]);
    else kill(await processesOf(victim.plugin, started));
  } catch (error) {
    kill([root, ...descendants(root)]);
    throw error;
  } finally {
    await closed;
  }
  await killed?.();
  // A plugin finishes what it is at. The engine's language host and its program wait for ever for a killed engine.
  const isAtWork = (row: string): boolean => !row.startsWith("Z") && PLUGIN.test(row);
  while ((await rowsOf(started, "stat=,args=")).some(isAtWork) && performance.now() < deadline) await wait(POLL_MS);
  kill(started);
  return output;
}

/** The processes of a plugin. */
async function processesOf(plugin: string, pids: readonly number[]): Promise<number[]> {
  const rows = await rowsOf(pids, "pid=,args=");
  const own = rows.filter((row) => PLUGIN.exec(row)?.[1] === plugin);
  if (own.length === 0) throw new Error(`no plugin ${plugin} runs among:\n${rows.join("\n")}`);
  return own.map((row) => Number.parseInt(row, 10));
}

/** What `ps` says of those that run. It fails when none does. */
async function rowsOf(pids: readonly number[], columns: string): Promise<string[]> {
  if (pids.length === 0) return [];
  const { stdout } = await execa("ps", ["-o", columns, "-p", pids.join(",")], { reject: false });
  return stdout.split("\n").filter(Boolean);
}

function kill(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}
