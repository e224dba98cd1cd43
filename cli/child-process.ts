/** Runs a program to its end and never leaves it, or what it started, behind. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onExit } from "signal-exit";
import { descendants } from "./descendants.ts";
import { Interruption } from "./interruption.ts";

/** How a program is run. */
export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** What the program reads from its standard input; empty when left out. */
  readonly input?: string;
  /** Ends the program and everything it started. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The program is asked to end by SIGINT, alone, and ends by itself what it has started, when it has finished what it
   * is at. It gets the time for it, until the user insists.
   */
  readonly endsItself?: boolean;
  /** Sees every line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
  /** Sees every line of standard error as it comes. */
  readonly onErrorLine?: (line: string) => void;
}

/** What a run gave. */
export interface RunResult {
  /** Exit code; 1 when a signal from elsewhere ended the program. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long a program may take to end by itself after it was asked to, before it is killed. */
const GRACE_MS = 2_000;
/** The same for one that finishes what it is at. */
const LONG_GRACE_MS = 10 * 60_000;
/** And when the user insists. */
const INSISTED_GRACE_MS = 10_000;

const ownGroup = process.platform !== "win32";

/** What runs now, also for a caller that has given up waiting. */
const running = new Set<Promise<unknown>>();

/** Waits for the end of every program that was started here. */
export async function programsEnded(): Promise<void> {
  await Promise.allSettled(running);
}

/**
 * Runs `command` in a process group of its own and waits for its end.
 * Aborting the signal, or the end of this process, ends the whole group.
 * @throws the signal's reason when aborted, after the group has ended; the system's error when the program cannot start.
 */
export async function runProcess(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const run = runToItsEnd(command, args, options);
  running.add(run);
  return run.finally(() => running.delete(run));
}

async function runToItsEnd(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  options.signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    detached: ownGroup,
    windowsHide: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A program that ends without having read it is judged by its exit code.
  child.stdin.on("error", () => {}).end(options.input);
  const forgetExit = onExit(() => kill(child));
  const ending = endOnAbort(child, options);

  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  if (options.onLine) createInterface({ input: child.stdout }).on("line", options.onLine);
  if (options.onErrorLine) createInterface({ input: child.stderr }).on("line", options.onErrorLine);

  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exitCode) => resolve(exitCode ?? 1));
    });
    if (options.signal?.aborted) kill(child);
    options.signal?.throwIfAborted();
    return { code, stdout, stderr };
  } finally {
    ending[Symbol.dispose]();
    forgetExit();
  }
}

/** Asks the child to end when the signal is aborted, and sees to it that it does. */
function endOnAbort(child: ChildProcess, { signal, endsItself }: RunOptions): Disposable {
  let killTimer: NodeJS.Timeout | undefined;
  let forgetInsistence = (): void => {};
  const ask = (name: NodeJS.Signals, graceMs: number): void => {
    clearTimeout(killTimer);
    if (endsItself) child.kill(name);
    else toGroup(child, name);
    killTimer = setTimeout(() => kill(child), graceMs);
  };
  let timesInsisted = 0;
  const insist = (): void => {
    timesInsisted += 1;
    if (endsItself && timesInsisted === 1) ask("SIGINT", INSISTED_GRACE_MS);
    else kill(child);
  };
  const abort = (): void => {
    const interruption = signal?.reason instanceof Interruption ? signal.reason : undefined;
    if (endsItself) ask("SIGINT", interruption ? LONG_GRACE_MS : GRACE_MS);
    else ask("SIGTERM", GRACE_MS);
    if (interruption) forgetInsistence = interruption.onInsistence(insist);
  };
  signal?.addEventListener("abort", abort, { once: true });
  return {
    [Symbol.dispose]() {
      clearTimeout(killTimer);
      forgetInsistence();
      signal?.removeEventListener("abort", abort);
    },
  };
}

/** Kills the child and all that came from it, also what has made a process group of its own. */
function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const others = ownGroup ? descendants(child.pid) : [];
  toGroup(child, "SIGKILL");
  for (const pid of others) send(pid, "SIGKILL");
}

/** Sends a signal to the child and its process group. */
function toGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (ownGroup) send(-child.pid, signal);
  else spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" });
}

function send(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
