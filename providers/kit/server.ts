/** A provider plugin's process: serves on a free loopback port, tells the engine which, and ends with it. */
import { flushCompileCache } from "node:module";
import { openProviderServer } from "./provider-server.ts";
import type { ProviderDefinition } from "./resource.ts";
import { stopWithEngine } from "./stop-with-engine.ts";

/** How long calls that were told to stop may take before the process ends regardless. */
const DRAIN_MS = 12_000;

/**
 * Serves a provider until the engine goes away. The last argument of the command line is the engine's address,
 * where log lines go. The port is the first line of standard output.
 */
export async function serveProvider<Client>(definition: ProviderDefinition<Client>): Promise<void> {
  const server = await openProviderServer(definition, process.env, process.argv[2] && process.argv.at(-1));
  // A plugin is killed at the end of a run, and then never writes its compile cache by itself.
  flushCompileCache();
  process.stdout.write(`${server.port}\n`);
  const end = (): never => process.exit(0);
  stopWithEngine(() => {
    setTimeout(end, DRAIN_MS).unref();
    return server.stop().finally(end);
  });
}
