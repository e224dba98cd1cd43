/** A provider plugin's process: serves on a free loopback port, tells the engine which, and ends with it. */
import { flushCompileCache } from "node:module";
import { setTimeout as wait } from "node:timers/promises";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { resourceProviderService } from "./proto.ts";
import type { ProviderDefinition } from "./resource.ts";
import { Runtime } from "./runtime.ts";
import { providerService } from "./service.ts";
import { stopWithEngine } from "./stop-with-engine.ts";

/** The engine's messages may hold large states; gRPC's own limit is 4 MiB. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;
/** How long calls that were told to stop may take before the process ends regardless. */
const DRAIN_MS = 12_000;
/** How long the last answers may take to reach the engine. */
const DELIVERY_MS = 1_000;

/**
 * Serves a provider until the engine goes away. The last argument of the command line is the engine's address,
 * where log lines go. The port is the first line of standard output.
 */
export async function serveProvider<Client>(definition: ProviderDefinition<Client>): Promise<void> {
  const runtime = new Runtime(definition, process.env, process.argv[2] && process.argv.at(-1));
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(resourceProviderService, providerService(runtime));
  const port = await bind(server);
  // A plugin is killed at the end of a run, and then never writes its compile cache by itself.
  flushCompileCache();
  process.stdout.write(`${port}\n`);
  stopWithEngine(() => stop(server, runtime));
}

function bind(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

async function stop<Client>(server: Server, runtime: Runtime<Client>): Promise<void> {
  const end = (): never => process.exit(0);
  setTimeout(end, DRAIN_MS).unref();
  runtime.operations.cancel();
  // Waiting for gRPC alone would not do: it waits for ever for a connection that broke in the moment of the signal.
  if (runtime.pending.any) {
    await runtime.pending.answered();
    await Promise.race([delivered(server), wait(DELIVERY_MS)]);
  }
  await runtime.close().finally(end);
}

function delivered(server: Server): Promise<void> {
  return new Promise((resolve) => server.tryShutdown(() => resolve()));
}
