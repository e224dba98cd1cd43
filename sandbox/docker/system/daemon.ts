/** Background programs that end with this process, whatever ends it. */
import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { lastLines } from "./command.ts";
import { eventually } from "./polling.ts";
import { signalProcess } from "./processes.ts";

/** How a daemon is started. */
export interface DaemonOptions {
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment of the program. */
  readonly env: Readonly<Record<string, string>>;
  /** File that takes both outputs; started anew. */
  readonly logFile: string;
  /** The tini program. It passes signals on, reaps what the daemon orphans, and ends when this process dies. */
  readonly init: string;
  /** The signal that asks it to end; SIGTERM unless told otherwise. */
  readonly stopSignal?: NodeJS.Signals;
}

/** A daemon that was started. */
export interface Daemon {
  /** Exit code, or null when a signal ended it; undefined while it runs. */
  exitCode(): number | null | undefined;
  /**
   * Waits until `ready` is true.
   * @throws Error with the last lines of the daemon's log when it ends first, or when the deadline passes.
   */
  waitUntil(ready: (signal: AbortSignal) => Promise<boolean>, deadlineMs: number): Promise<void>;
  /** Asks it to end and kills it when it has not within the grace period. */
  stop(graceMs: number): Promise<void>;
}

const LOG_LINES = 3;

/** Starts a daemon in a session of its own, so that Ctrl-C reaches this process first. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { init, program, logFile, stopSignal = "SIGTERM" } = options;
  const log = await open(logFile, "w");
  const child = spawn(init, ["-s", "-p", stopSignal, "--", program, ...options.args], {
    env: options.env,
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  await log.close();

  let exitCode: number | null | undefined;
  child.once("error", () => {
    exitCode = null;
  });
  child.once("exit", (code) => {
    exitCode = code;
  });
  const ended = (): boolean => exitCode !== undefined;

  return {
    exitCode: () => exitCode,
    async waitUntil(ready, deadlineMs) {
      const isReady = await eventually(async (signal) => ended() || (await ready(signal)), deadlineMs);
      if (isReady && !ended()) return;
      const what = ended() ? "ended as soon as it had started" : "did not become ready";
      const log = lastLines(await readFile(logFile, "utf8").catch(() => ""), LOG_LINES);
      throw new Error([`${basename(program)} ${what}. Its log, ${logFile}:`, ...log].join("\n  "));
    },
    async stop(graceMs) {
      if (child.pid === undefined) return;
      child.kill(stopSignal);
      if (await eventually(ended, graceMs)) return;
      signalProcess(-child.pid, "SIGKILL");
      await eventually(ended, graceMs);
    },
  };
}

/** A server that is a daemon. */
export interface ServerDaemonOptions extends DaemonOptions {
  readonly readyWithinMs: number;
  /** How long it may take to end by itself. */
  readonly graceMs: number;
  /** True once it can be used. */
  answers(signal: AbortSignal): Promise<boolean>;
}

/** Starts it, and waits until it can be used. @throws as `waitUntil`; nothing is left running then. */
export async function startServer(options: ServerDaemonOptions): Promise<{ close(): Promise<void> }> {
  const { readyWithinMs, graceMs, answers } = options;
  const daemon = await startDaemon(options);
  const close = (): Promise<void> => daemon.stop(graceMs);
  try {
    await daemon.waitUntil(answers, readyWithinMs);
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}
