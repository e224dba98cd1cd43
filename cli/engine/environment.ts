/** The environment in which an engine runs. */
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import which from "which";
import type { Engine } from "./engine.ts";

/**
 * `env` such that `pulumi` is this engine, its language host is found, and programs run on the Node.js that runs this
 * process, with compiled code kept from run to run. For the pinned engine the npm package `pulumi` is told its version,
 * and no newer release is looked for.
 */
export function engineEnvironment(engine: Engine, env: NodeJS.ProcessEnv): Record<string, string> {
  const defined = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const path = withRunningNode([engine.binDir, env["PATH"] ?? ""].join(delimiter));
  // Where Node's own default lies, which the plugins use. The program loads in two thirds of the time.
  const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") };
  const pinned = { PULUMI_VERSION: engine.version, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return { ...compileCache, ...Object.fromEntries(defined), PATH: path, ...(engine.source === "path" ? {} : pinned) };
}

/** A system's `pulumi` may lie beside a `node` that is too old to run TypeScript. */
function withRunningNode(path: string): string {
  const first = which.sync("node", { path, nothrow: true });
  if (first !== null && realpathSync(first) === realpathSync(process.execPath)) return path;
  return [dirname(process.execPath), path].join(delimiter);
}
