/** The engine's log service, as far as a plugin uses it: it keeps the lines. */
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { Empty, type engine } from "../../providers/kit/proto.ts";

type LogRequest = InstanceType<typeof engine.LogRequest>;

/** A line that a plugin logged. */
export interface LoggedLine {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  readonly urn: string;
  readonly ephemeral: boolean;
}

export interface FakeEngine {
  readonly address: string;
  readonly lines: LoggedLine[];
  stop(): Promise<void>;
}

const SEVERITIES = ["debug", "info", "warning", "error"] as const;

/** Starts the service on a free loopback port. */
export async function startFakeEngine(): Promise<FakeEngine> {
  const lines: LoggedLine[] = [];
  const server = new Server();
  server.addService(engineServices.EngineService as never, {
    log(call: ServerUnaryCall<LogRequest, unknown>, callback: sendUnaryData<unknown>) {
      const { request } = call;
      lines.push({
        severity: SEVERITIES[request.getSeverity()] ?? "error",
        message: request.getMessage(),
        urn: request.getUrn(),
        ephemeral: request.getEphemeral(),
      });
      callback(null, new Empty());
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    lines,
    stop: () =>
      new Promise((resolve) => {
        server.tryShutdown(() => resolve());
      }),
  };
}
