/** Runs a program to its end and never leaves it, or what it started, behind. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onExit } from "signal-exit";

/** How a program is run. */
export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** What the program reads from its standard input; empty when left out. */
  readonly input?: string;
  /** Ends the program and everything it started. */
  readonly signal?: AbortSignal | undefined;
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

const ownGroup = process.platform !== "win32";

/**
 * Runs `command` in a process group of its own and waits for its end.
 * Aborting the signal, or the end of this process, ends the whole group.
 * @throws the signal's reason when aborted, after the group has ended; the system's error when the program cannot start.
 */
export async function runProcess(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
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
  const forgetExit = onExit(() => end(child, "SIGKILL"));
  let killTimer: NodeJS.Timeout | undefined;
  const abort = (): void => {
    end(child, "SIGTERM");
    killTimer = setTimeout(() => end(child, "SIGKILL"), GRACE_MS);
  };
  options.signal?.addEventListener("abort", abort, { once: true });

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
    if (options.signal?.aborted) end(child, "SIGKILL");
    options.signal?.throwIfAborted();
    return { code, stdout, stderr };
  } finally {
    clearTimeout(killTimer);
    options.signal?.removeEventListener("abort", abort);
    forgetExit();
  }
}

/** Sends a signal to the child and all that it started. */
function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (!ownGroup) {
    spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
