/** The command `delivery`, run as a user runs it. */
import { join } from "node:path";
import { execa } from "execa";
import type { RunResult } from "../../../cli/child-process.ts";
import { projectRoot } from "../../../sandbox/paths.ts";
import type { EngineHome } from "../../../sandbox/pulumi.ts";

const LAUNCHER = join(projectRoot, "cli", "delivery.js");

/** Where the command runs: a copy of the program, and the environment of its world. */
export interface DeliveryWorld {
  readonly projectDir: string;
  readonly home: Pick<EngineHome, "engine" | "env">;
}

/**
 * Runs this checkout's `delivery` in the folder of the program, with no terminal. Never throws for its exit code.
 * @param environment takes the place of what the world's environment says.
 */
export async function runDelivery(
  { projectDir, home }: DeliveryWorld,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [LAUNCHER, ...args], {
    cwd: projectDir,
    env: { ...home.env, PATH: `${home.engine.binDir}:${home.env["PATH"]}`, ...environment },
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    stripFinalNewline: false,
  });
  return { code: exitCode ?? 1, stdout, stderr };
}

/** The same for a command that has to succeed: gives its standard output, and fails with its messages. */
export async function deliverySucceeds(
  world: DeliveryWorld,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, stdout, stderr } = await runDelivery(world, args, environment);
  if (code !== 0) throw new Error(`delivery ${args.join(" ")} ended with ${code}\n${stdout}\n${stderr}`);
  return stdout;
}
