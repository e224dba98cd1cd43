/** Runs a container tool to its end. */
import type { ChildProcess } from "node:child_process";
import { basename } from "node:path";
import { execa } from "execa";

/** A program with the arguments and environment that every call of it gets. */
export interface Tool {
  readonly program: string;
  readonly args?: readonly string[];
  /** The whole environment of the program. */
  readonly env: Readonly<Record<string, string>>;
}

/** How one call is run. */
export interface CallOptions {
  /** Ends the program. */
  readonly signal?: AbortSignal;
  /** Sees every line of both outputs as it comes. */
  readonly onLine?: (line: string) => void;
  /** Variables added to the tool's environment for this call. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a call gave. */
export interface CallResult {
  readonly stdout: string;
  /** Both outputs, interleaved. */
  readonly output: string;
}

/** A program that could not be started, was ended by a signal, or did not exit with 0. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  readonly exitCode: number | undefined;
  /** Both outputs, interleaved. */
  readonly output: string;

  constructor(message: string, exitCode: number | undefined, output: string) {
    super(message);
    this.exitCode = exitCode;
    this.output = output;
  }
}

const FORCE_KILL_AFTER_MS = 5_000;
const LINES_IN_MESSAGE = 8;

/**
 * Runs a tool and waits for its end.
 * @throws CommandFailure with the last lines of its output; the signal's reason when it was aborted.
 */
export async function call(tool: Tool, args: readonly string[], options: CallOptions = {}): Promise<CallResult> {
  options.signal?.throwIfAborted();
  const child = execa(tool.program, [...(tool.args ?? []), ...args], {
    all: true,
    reject: false,
    stdin: "ignore",
    env: { ...tool.env, ...options.env },
    extendEnv: false,
    forceKillAfterDelay: FORCE_KILL_AFTER_MS,
    ...(options.signal && { cancelSignal: options.signal }),
  });
  using _ = closingOutputsOnAbort(child.nodeChildProcess, options.signal);
  if (options.onLine) {
    for await (const line of child.iterable({ from: "all" })) options.onLine(line);
  }
  const result = await child;
  options.signal?.throwIfAborted();
  if (result.failed) {
    const name = [basename(tool.program), args[0]].join(" ");
    throw new CommandFailure(failureMessage(name, result), result.exitCode, result.all);
  }
  return { stdout: result.stdout, output: result.all };
}

/** A program that was ended is waited for no longer, though what it has started still holds its outputs open. */
function closingOutputsOnAbort(child: ChildProcess, signal: AbortSignal | undefined): Disposable {
  const close = (): void => {
    const isRunning = child.exitCode === null && child.signalCode === null;
    if (!signal?.aborted || isRunning) return;
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  child.once("exit", close);
  signal?.addEventListener("abort", close);
  return { [Symbol.dispose]: () => signal?.removeEventListener("abort", close) };
}

/** The last lines of an output, without empty ones. */
export function lastLines(output: string, count: number = LINES_IN_MESSAGE): string[] {
  return output
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .slice(-count);
}

function failureMessage(
  name: string,
  result: { code?: string | undefined; exitCode?: number | undefined; signal?: string | undefined; all: string },
): string {
  if (result.code === "ENOENT") return `${name}: the program is not installed.`;
  const how = result.signal ? `was ended by ${result.signal}` : `failed with exit code ${result.exitCode}`;
  return [`${name} ${how}.`, ...lastLines(result.all).map((line) => `  ${line}`)].join("\n");
}
