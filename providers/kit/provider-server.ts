/** A provider served over gRPC on a free loopback port. */
import { setTimeout as wait } from "node:timers/promises";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { resourceProviderService } from "./proto.ts";
import type { ProviderDefinition } from "./resource.ts";
import { Runtime } from "./runtime.ts";
import { providerService } from "./service.ts";

/** The engine's messages may hold large states; gRPC's own limit is 4 MiB. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;
/** How long the last answers may take to reach the engine. */
const DELIVERY_MS = 1_000;

/** A provider that is served. */
export interface ProviderServer {
  readonly port: number;
  /** Interrupts the calls under way, and resolves when they are answered and the log has reached the engine. */
  stop(): Promise<void>;
  /** Interrupts the calls under way, and breaks every connection without an answer. */
  kill(): void;
}

/**
 * Serves a provider.
 * @param environment what it reads in the place of the process's environment.
 * @param engineAddress where log lines go; without one they go to standard error.
 */
export async function openProviderServer<Client>(
  definition: ProviderDefinition<Client>,
  environment: NodeJS.ProcessEnv,
  engineAddress?: string,
): Promise<ProviderServer> {
  const runtime = new Runtime(definition, environment, engineAddress);
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(resourceProviderService, providerService(runtime));
  const port = await bind(server);
  return {
    port,
    async stop() {
      runtime.operations.cancel();
      // Waiting for gRPC alone would not do: it waits for ever for a connection that broke in the moment of the signal.
      if (runtime.pending.any) {
        await runtime.pending.answered();
        await Promise.race([delivered(server), wait(DELIVERY_MS)]);
      }
      await runtime.close();
    },
    kill() {
      server.forceShutdown();
      runtime.operations.cancel();
    },
  };
}

function bind(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

function delivered(server: Server): Promise<void> {
  return new Promise((resolve) => server.tryShutdown(() => resolve()));
}
