/** A program on a real pseudo-terminal, as somebody who types sees it. */
import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { spawn } from "@lydell/node-pty";

/** How the program ended, and what it left. */
export interface Ended {
  readonly code: number;
  /** The terminal's settings afterwards, as `stty -a` names them. */
  readonly settings: readonly string[];
}

/** A program that runs on a terminal. */
export interface Session {
  /** What was shown so far, with the terminal's control sequences. */
  shown(): string;
  /** The same as text. */
  text(): string;
  /**
   * Waits until the text matches.
   * @throws Error with the text when the program ends first.
   */
  until(pattern: RegExp): Promise<void>;
  type(keys: string): void;
  /** How it ended, when it has. */
  readonly ended: Promise<Ended>;
  /** Waits until every process that it started, directly or not, is gone; names those that stay. */
  nothingLeft(): Promise<void>;
  /** Kills what still runs. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What these keys send. */
export const CTRL_C = "\u0003";
export const CTRL_D = "\u0004";

const MARK = "PSEUDO_TERMINAL_SESSION";
const POLL_MS = 20;
/** For a hang; a loaded machine takes its time. */
const DEADLINE_MS = 120_000;
/** Stays at Ctrl-C, to tell what the program left of the terminal. The width may be 0, which the library refuses. */
const WRAPPER = `stty cols "$1"; shift; trap : INT; "$@"; code=$?; printf '\\n<ended>'; stty -a; exit $code`;

/** Starts a program on a terminal of its own. */
export function openSession(
  argv: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string>; readonly columns?: number },
): Session {
  const { cwd, env, columns = 100 } = options;
  const mark = randomUUID();
  let shown = "";
  let exitCode: number | undefined;
  const terminal = spawn("/bin/sh", ["-c", WRAPPER, "sh", String(columns), ...argv], {
    cwd,
    env: { TERM: "xterm-256color", ...env, [MARK]: mark },
  });
  terminal.onData((data) => {
    shown += data;
  });
  const ended = new Promise<Ended>((resolve) => {
    terminal.onExit(({ exitCode: code }) => {
      exitCode = code;
      const [, settings = ""] = shown.split("<ended>");
      resolve({ code, settings: settings.split(/[\s;]+/).filter(Boolean) });
    });
  });
  const text = (): string => stripVTControlCharacters(shown.split("<ended>")[0] ?? "");
  const left = (): Promise<string[]> => marked(`${MARK}=${mark}`);
  return {
    shown: () => shown,
    text,
    ended,
    type: (keys) => terminal.write(keys),
    async until(pattern) {
      await eventually(`${pattern}`, () => {
        if (pattern.test(text())) return true;
        if (exitCode !== undefined) throw new Error(`ended with ${exitCode} before ${pattern}:\n${text()}`);
        return false;
      });
    },
    async nothingLeft() {
      let still: string[] = [];
      await eventually("the end of all processes", async () => {
        still = await left();
        return still.length === 0;
      }).catch((error: Error) => {
        throw new Error(`${error.message}; still there: ${still.join("; ")}`);
      });
    },
    async [Symbol.asyncDispose]() {
      for (const line of await left()) process.kill(Number.parseInt(line, 10), "SIGKILL");
      if (exitCode === undefined) terminal.kill("SIGKILL");
      await ended;
    },
  };
}

/** Waits until it holds; fails when it never does. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited ${DEADLINE_MS} ms for ${what}`);
    await wait(POLL_MS);
  }
}

/** Processes with this variable in their environment, as "PID command line", where the system shows them in /proc. */
async function marked(variable: string): Promise<string[]> {
  const found = await Promise.all(
    (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name)).map((pid) => lineOf(pid, variable)),
  );
  return found.filter((line) => line !== undefined);
}

async function lineOf(pid: string, variable: string): Promise<string | undefined> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, "utf8");
    if (!environment.split("\0").includes(variable)) return undefined;
    const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8");
    return commandLine === "" ? undefined : `${pid} ${commandLine.replaceAll("\0", " ")}`;
  } catch {
    return undefined; // It has ended meanwhile, or is another user's.
  }
}
