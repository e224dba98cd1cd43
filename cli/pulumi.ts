/** The engine's command line, as the commands of `delivery` use it. */
import { type RunOptions, type RunResult, runProcess } from "./child-process.ts";
import type { CommandContext } from "./command-context.ts";
import { type Engine, engineEnvironment, ensureEngine } from "./engine/index.ts";
import { isOperation, operationEnvironment } from "./operation.ts";
import type { Progress } from "./progress.ts";
import { isAboutStackFile, nextStepAfter, withNextStep } from "./pulumi-refusals.ts";
import { stackFilePath } from "./state/stack-file.ts";
import { UserError } from "./user-error.ts";

/** Commands that are about the backend or the machine, and take no stack. */
const WITHOUT_STACK = ["whoami", "plugin"];

const NOTICE_AFTER_MS = 2_000;
const STILL_ENDING =
  "Ending: the engine finishes the step that it is at, so that the state holds what it did. Ctrl-C makes it stop at once.\n";

/** What one run has besides the command. */
export interface PulumiRunOptions {
  /** Variables added to the engine's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Its standard input, where a secret may stand. */
  readonly input?: string;
  /** Sees every line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
}

/** What a run printed, and the stack's file where what it says is about that. */
export interface PulumiResult extends RunResult {
  readonly stackFile?: string;
}

/** `pulumi` on one stack, in the working folder. */
export interface Pulumi {
  /** Runs a command, e.g. `stack export`, and keeps what it prints; never throws for the engine's own failure. */
  run(...args: readonly string[]): Promise<PulumiResult>;
}

/** The same, for runs that are watched. */
export interface WatchablePulumi extends Pulumi {
  /** Runs a command with variables of its own, or seen line by line. */
  runWith(options: PulumiRunOptions, ...args: readonly string[]): Promise<PulumiResult>;
}

/**
 * Finds or makes the engine. Without a stack its commands are about the one that is selected.
 * @throws UserError when there is no engine and none can be made; the signal's reason when aborted.
 */
export async function openPulumi(
  context: CommandContext,
  progress: Progress,
  stack?: string,
): Promise<WatchablePulumi> {
  const { env, signal } = context;
  return pulumiOf(await ensureEngine({ progress, signal, env }), context, stack);
}

/** The same of an engine that was found before. */
export function pulumiOf(engine: Engine, { env, signal, stderr }: CommandContext, stack?: string): WatchablePulumi {
  const engineEnv = engineEnvironment(engine, env);
  let exported: Promise<PulumiResult> | undefined;
  const start = async (base: NodeJS.ProcessEnv, { env: added, ...how }: PulumiRunOptions, args: readonly string[]) => {
    const chosen = stack === undefined || WITHOUT_STACK.includes(args[0] ?? "") ? [] : ["--stack", stack];
    const options = { env: { ...base, ...added }, signal, endsItself: true, ...how };
    using _notice = noticeWhenItTakesLong(signal, stderr);
    const result = await runProcess(engine.pulumi, [...args, ...chosen, "--non-interactive"], options);
    if (result.code === 0 || !isAboutStackFile(result.stderr + result.stdout)) return result;
    // It may be named with its organization and project.
    const name = (stack ?? (await selectedStack(engine, options))).split("/").at(-1);
    return !name ? result : { ...result, stackFile: await stackFilePath(process.cwd(), name, options.env) };
  };
  const exportStack = (options: PulumiRunOptions = {}): Promise<PulumiResult> => {
    exported = start(engineEnv, options, ["stack", "export"]);
    return exported;
  };
  const runWith: WatchablePulumi["runWith"] = async (options, ...args) => {
    if (args.join(" ") === "stack export") return exportStack(options);
    if (!isOperation(args)) return start(engineEnv, options, args);
    const { stdout } = await (exported ?? exportStack());
    return start(await operationEnvironment(engineEnv, { exported: stdout, args, signal }), options, args);
  };
  return { run: (...args) => runWith({}, ...args), runWith };
}

/** The stack that is selected; empty where none is. */
async function selectedStack({ pulumi }: Engine, { env, signal }: RunOptions): Promise<string> {
  const args = ["stack", "--show-name", "--non-interactive"];
  const { code, stdout } = await runProcess(pulumi, args, { env, signal });
  return code === 0 ? stdout.trim() : "";
}

/** Tells who has pressed Ctrl-C why the command is still there. */
function noticeWhenItTakesLong(signal: AbortSignal, stderr: NodeJS.WritableStream): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const start = (): void => {
    timer = setTimeout(() => stderr.write(STILL_ENDING), NOTICE_AFTER_MS);
  };
  signal.addEventListener("abort", start, { once: true });
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      signal.removeEventListener("abort", start);
    },
  };
}

/** Where commands of the stack work, for who has none of the reasons that the Pulumi CLI itself explains. */
const WHERE = "Run this in the folder of the Pulumi project, logged in, with the stack selected or named by --stack.";

/**
 * The error for a run that failed.
 * @param problem what could not be done, as a sentence without its end.
 * @param otherwise what to do where the engine's own error does not say it.
 */
export function failedRun(problem: string, result: PulumiResult, otherwise = WHERE): UserError {
  const said = errorsOf(result);
  return new UserError(`${problem}: ${said}`, nextStepAfter(said, otherwise));
}

/** An error as the engine prints it: its line, and the lines below that are set further in. */
const ERROR = /^([ \t]*)error: (.*(?:\n(?:[ \t]*\n)*\1[ \t]+\S.*)*)/gm;

/** What a failed run says is wrong: its errors, else the end of its output. Notes of the engine are left out. */
export function errorsOf({ stdout, stderr, stackFile }: PulumiResult): string {
  const output = `${stderr}\n${stdout}`;
  const errors = [...output.matchAll(ERROR)].map(([, indent = "", text = ""]) => text.replaceAll(`\n${indent}`, "\n"));
  if (errors.length > 0)
    return withNextStep([...new Set(errors.map((error) => error.replaceAll(/[ \t]+$/gm, "")))].join("\n"), stackFile);
  const lines = output.split("\n").map((line) => line.trim());
  return lines.filter(Boolean).slice(-3).join("\n");
}
