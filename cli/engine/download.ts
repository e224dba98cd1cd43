/** Gets the release through the official npm package `pulumi`. */
import { runProcess } from "../child-process.ts";
import type { SearchContext } from "./engine.ts";
import { ENGINE_VERSION } from "./versions.ts";

/** A connection that stalls for so long is given up. */
const LIMIT_MS = 10 * 60_000;

/**
 * Lets the npm package's script download the release into `<home>/versions/<version>/bin`.
 * @throws Error with the script's last line when it fails; the signal's reason when aborted.
 */
export async function downloadEngine(home: string, context: SearchContext, npmWrapper: string): Promise<void> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  const signal = AbortSignal.any([limit, ...(context.signal ? [context.signal] : [])]);
  const env = {
    ...context.env,
    PULUMI_HOME: home,
    PULUMI_VERSION: ENGINE_VERSION,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  await context.progress.step(
    `Downloading the Pulumi engine ${ENGINE_VERSION}`,
    async (detail) => {
      const run = runProcess(process.execPath, [npmWrapper, "version"], { env, signal, onErrorLine: detail });
      const { code, stderr } = await run.catch((error: Error) => {
        if (limit.aborted) throw new Error(`not finished after ${LIMIT_MS / 60_000} minutes`);
        throw error;
      });
      if (code === 0) return;
      const lastLine = stderr.trim().split("\n").at(-1);
      throw new Error(`the npm package pulumi ended with exit code ${code}${lastLine ? ` and "${lastLine}"` : ""}`);
    },
    "1 min",
  );
}
