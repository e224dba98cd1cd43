/** Lines in the engine's own output, sent over its gRPC log service. */
import { credentials } from "@grpc/grpc-js";
import { engine } from "./proto.ts";
import type { Redact } from "./redact.ts";

export type Severity = "debug" | "info" | "warning" | "error";

/** Sends log lines to the engine. */
export interface EngineLog {
  /** `ephemeral` lines show as a passing status on the resource's own line. */
  send(severity: Severity, message: string, urn: string, ephemeral?: boolean): void;
  /** Resolves when every line has been answered, or could not be sent. */
  flush(): Promise<void>;
  close(): void;
}

/** A line of one resource, with secrets taken out. */
export type Line = (severity: Severity, message: string, ephemeral?: boolean) => void;

/** A log to the engine at this address; without one (a plugin started by hand) lines go to standard error. */
export async function openEngineLog(address: string | undefined): Promise<EngineLog> {
  if (!address) return standardErrorLog;
  const { EngineClient } = (await import("@pulumi/pulumi/proto/engine_grpc_pb.js")).default;
  const client = new EngineClient(address, credentials.createInsecure());
  const { DEBUG, INFO, WARNING, ERROR } = engine.LogSeverity;
  const severities = { debug: DEBUG, info: INFO, warning: WARNING, error: ERROR };
  const pending = new Set<Promise<void>>();
  return {
    send(severity, message, urn, ephemeral = false) {
      const request = new engine.LogRequest();
      request.setSeverity(severities[severity]);
      request.setMessage(message);
      request.setUrn(urn);
      request.setEphemeral(ephemeral);
      // A line that cannot be sent is lost on purpose: the engine is gone, and the operation must not fail for it.
      const sent = new Promise<void>((resolve) => {
        client.log(request, () => resolve());
      }).finally(() => pending.delete(sent));
      pending.add(sent);
    },
    async flush() {
      await Promise.all(pending);
    },
    close: () => client.close(),
  };
}

const standardErrorLog: EngineLog = {
  send(severity, message) {
    if (severity !== "debug") process.stderr.write(`${severity}: ${message}\n`);
  },
  flush: async () => {},
  close: () => {},
};

/** The log of one resource. */
export function resourceLog(log: EngineLog, urn: string, redact: Redact): Line {
  return (severity, message, ephemeral) => log.send(severity, redact(message), urn, ephemeral);
}
