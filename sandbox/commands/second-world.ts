/** Guard for the rule that one world at a time uses a state folder. */
import { findRunning } from "../running.ts";

/** @throws Error naming the running sandbox and the two ways on, when one serves from this folder already. */
export async function refuseSecondWorld(stateDir: string): Promise<void> {
  const running = await findRunning(stateDir);
  if (!running) return;
  throw new Error(
    `A sandbox already serves from ${stateDir} (process ${running.pid}, console ${running.console}).\n` +
      "Use it with `npm run sandbox -- exec -- <command>`, stop it with Ctrl-C, or start another one with --state <folder>.",
  );
}
