/** Finds or builds the Pulumi CLI before the first test that needs it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

/** Once a run, in mocha's first process. */
export async function mochaGlobalSetup(): Promise<void> {
  const command = resolve(import.meta.dirname, "../../cli/main.ts");
  const [code] = await once(spawn(process.execPath, [command, "engine"], { stdio: "inherit" }), "exit");
  if (code !== 0) throw new Error("There is no Pulumi CLI to test with; its own message stands above.");
}
