/** The engine's command line, as the sandbox uses it. */
import { spawn } from "node:child_process";
import { runInForeground } from "../cli/foreground.ts";
import { refusePendingOperations } from "../cli/recover/guard.ts";
import { UserError } from "../cli/user-error.ts";
import type { EngineHome } from "./engine-home.ts";

const RECOVER = "npm run sandbox -- exec -- npx delivery recover";

/**
 * Runs `pulumi` with the terminal handed to it.
 * @throws Error when it fails; what went wrong is on the terminal already, in the engine's words.
 */
export async function pulumi(home: EngineHome, args: readonly string[]): Promise<void> {
  const code = await runInForeground([home.engine.pulumi, ...args], { cwd: home.projectDir, env: home.env });
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

/** What a captured run of `pulumi` gave. */
export interface Captured {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `pulumi` and keeps what it prints; never throws for the engine's own failure. */
export function pulumiCaptured(home: EngineHome, args: readonly string[], cwd = home.projectDir): Promise<Captured> {
  return new Promise((resolve, reject) => {
    const child = spawn(home.engine.pulumi, args, { cwd, env: home.env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

/** The stack's outputs by name; secret ones are masked by the engine. */
export async function pulumiOutputs(home: EngineHome): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await pulumiCaptured(home, ["stack", "output", "--json"]);
  if (code !== 0) throw new Error(`The stack's outputs cannot be read: ${stderr.trim()}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}
