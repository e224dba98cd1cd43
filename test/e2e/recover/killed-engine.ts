/** An engine that is killed in the middle of its work. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import type { EngineHome } from "../../../sandbox/pulumi.ts";

const DEADLINE_MS = 60_000;
const POLL_MS = 50;

/**
 * Runs `pulumi` until `reached`, then ends it and every process that it has started with SIGKILL.
 * @throws Error with the run's output when it ends by itself, or does not get there in time.
 */
export async function killWhen(
  home: EngineHome,
  args: readonly string[],
  reached: () => Promise<boolean>,
): Promise<void> {
  const engine = spawn(home.engine.pulumi, args, { cwd: home.projectDir, env: home.env });
  let output = "";
  engine.stdout.on("data", (chunk) => {
    output += chunk;
  });
  engine.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const closed = once(engine, "close");
  const deadline = performance.now() + DEADLINE_MS;
  try {
    while (!(await reached())) {
      if (engine.exitCode !== null) throw new Error(`pulumi ${args[0]} ended by itself:\n${output}`);
      if (performance.now() > deadline) throw new Error(`pulumi ${args[0]} did not get there in time:\n${output}`);
      await wait(POLL_MS);
    }
  } finally {
    if (engine.pid !== undefined && engine.exitCode === null) await killTree(engine.pid);
    await closed;
  }
}

/** The engine first, so that it cannot see the end of its plugins and write that into the state. */
async function killTree(root: number): Promise<void> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid="]);
  const rows = stdout.trim().split("\n");
  const processes = rows.map((row) => row.trim().split(/\s+/).map(Number) as [pid: number, parent: number]);
  const tree = [root];
  for (const pid of tree) tree.push(...processes.filter(([, parent]) => parent === pid).map(([child]) => child));
  for (const pid of tree) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}
