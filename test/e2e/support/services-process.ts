/** The emulated services in a process of their own, which can be killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { RunningServices, ServicesOptions } from "../../../sandbox/services/host.ts";

const MAIN = new URL("./services-process-main.ts", import.meta.url).pathname;

/** What the other process is told. */
export interface ServicesRequest extends Pick<ServicesOptions, "dbFile" | "account" | "ports" | "linked"> {
  /** Whether what runs on emulated Render never gets healthy: a deploy then stays under way. */
  readonly isUnhealthy: boolean;
}

/**
 * Starts them; their end is SIGKILL.
 * @throws Error with what the process printed when it ends instead.
 */
export async function serveInProcess(request: ServicesRequest): Promise<RunningServices> {
  const child = spawn(process.execPath, [MAIN, JSON.stringify(request)], { stdio: ["pipe", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  for await (const line of createInterface(child.stdout))
    return { ...(JSON.parse(line) as Omit<RunningServices, "close">), close: () => killed(child) };
  throw new Error(`the services did not start: ${errors}`);
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
