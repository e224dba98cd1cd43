/** The engine's command line, as the sandbox uses it. */
import { type RunResult, runProcess } from "../cli/child-process.ts";
import type { Engine } from "../cli/engine/index.ts";
import { runInForeground } from "../cli/foreground.ts";
import { refusePendingOperations } from "../cli/recover/guard.ts";
import { UserError } from "../cli/user-error.ts";

/** The signal of what nobody ends. */
const NEVER = new AbortController().signal;

const RECOVER = "npm run sandbox -- exec -- npx --no delivery recover";

/** An engine that is ready to run the program against a sandbox. */
export interface EngineHome {
  readonly engine: Engine;
  /** The folder of the program: the checkout, or a copy of it. */
  readonly projectDir: string;
  /** The whole environment for `pulumi` and anything that runs it. */
  readonly env: Record<string, string>;
  /** Ends what is run. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `pulumi` with the terminal handed to it.
 * @throws Error when it fails; what went wrong is on the terminal already, in the engine's words. The signal's reason
 * when it was ended early.
 */
export async function pulumi(home: EngineHome, args: readonly string[]): Promise<void> {
  const { engine, projectDir: cwd, env, signal = NEVER } = home;
  const code = await runInForeground([engine.pulumi, ...args], { cwd, env, signal });
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`\`pulumi ${args[0]}\` ended with exit code ${code}; its own messages stand above.`);
}

/**
 * Runs `pulumi up` without asking.
 * @throws UserError when an earlier run was interrupted and not recovered, or the state cannot be read; as `pulumi` does
 * when it fails.
 */
export async function pulumiUp(home: EngineHome): Promise<void> {
  const { code, stdout, stderr } = await pulumiCaptured(home, ["stack", "export"]);
  if (code !== 0) {
    throw new UserError(
      `The stack's state cannot be read: ${stderr.trim()}`,
      `If an earlier run was killed, run \`${RECOVER}\`.`,
    );
  }
  refusePendingOperations(stdout, RECOVER);
  await pulumi(home, ["up", "--yes", "--skip-preview"]);
}

/** Runs `pulumi` and keeps what it prints; never throws for the engine's own failure, but the signal's reason. */
export function pulumiCaptured(home: EngineHome, args: readonly string[], cwd = home.projectDir): Promise<RunResult> {
  const { engine, env, signal } = home;
  return runProcess(engine.pulumi, args, { cwd, env, signal, endsItself: true });
}

/** The stack's outputs by name; secret ones are masked by the engine. */
export async function pulumiOutputs(home: EngineHome): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await pulumiCaptured(home, ["stack", "output", "--json"]);
  if (code !== 0) throw new Error(`The stack's outputs cannot be read: ${stderr.trim()}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}
