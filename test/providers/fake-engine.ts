/** The engine's log service, as far as a plugin uses it: it keeps the lines. */
import { EventEmitter, on } from "node:events";
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
  readonly lines: readonly LoggedLine[];
  /** Resolves with the first line, past or to come, that fits. */
  logged(fits: (line: LoggedLine) => boolean): Promise<LoggedLine>;
  stop(): Promise<void>;
}

const SEVERITIES = ["debug", "info", "warning", "error"] as const;

/** Starts the service on a free loopback port. */
export async function startFakeEngine(): Promise<FakeEngine> {
  const lines: LoggedLine[] = [];
  const arrivals = new EventEmitter();
  const server = new Server();
  server.addService(engineServices.EngineService as never, {
    log(call: ServerUnaryCall<LogRequest, unknown>, callback: sendUnaryData<unknown>) {
      const { request } = call;
      const line: LoggedLine = {
        severity: SEVERITIES[request.getSeverity()] ?? "error",
        message: request.getMessage(),
        urn: request.getUrn(),
        ephemeral: request.getEphemeral(),
      };
      lines.push(line);
      arrivals.emit("line", line);
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
    async logged(fits) {
      const past = lines.find(fits);
      if (past) return past;
      for await (const [line] of on(arrivals, "line")) if (fits(line as LoggedLine)) return line as LoggedLine;
      throw new Error("the log ended");
    },
    stop: () =>
      new Promise((resolve) => {
        server.tryShutdown(() => resolve());
      }),
  };
}
