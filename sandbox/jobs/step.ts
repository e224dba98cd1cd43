/** Runs one step of a job in a shell, as CircleCI does. */
import { spawn } from "node:child_process";

/** A shell command. */
export interface ShellCommand {
  readonly command: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  onOutput(text: string): void;
}

/** Runs it, and ends with it all that it has started. Gives its exit code; rejects when it is aborted. */
export function runInShell({ command, folder, env, signal, onOutput }: ShellCommand): Promise<number> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  // In a group of its own, which ends as one ("Configuration reference", shell: /bin/bash -eo pipefail).
  const child = spawn("bash", ["-eo", "pipefail", "-c", command], {
    cwd: folder,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const endGroup = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // All of it has ended.
    }
  };
  const abort = (): void => {
    endGroup();
    reject(signal.reason);
  };
  signal.addEventListener("abort", abort);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", onOutput);
  }
  child.on("error", reject);
  // What it left in the background would hold its outputs open.
  child.on("exit", endGroup);
  child.on("close", (code) => resolve(code ?? 1));
  return promise.finally(() => signal.removeEventListener("abort", abort));
}
