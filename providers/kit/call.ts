/** One call of the engine about one resource: its context for the definition, and its errors for the engine. */
import { failure, messageOf, partialFailure } from "./errors.ts";
import type { CallContext } from "./resource.ts";
import type { Runtime } from "./runtime.ts";
import type { KnownSecrets } from "./secrets.ts";
import type { PropertyTree } from "./values.ts";

/** What a call is about. */
export interface CallSubject {
  readonly urn: string;
  readonly secrets: KnownSecrets;
  readonly timeoutSeconds: number;
  /** The kind of call, as `customTimeouts` names it. */
  readonly kind: "create" | "read" | "update" | "delete" | "invoke";
}

/** What took effect so far; filled in by the definition's checkpoints. */
export interface Checkpoint {
  state?: { readonly id: string; readonly outputs: PropertyTree; readonly inputs: PropertyTree };
}

/**
 * Runs a definition's method. Whatever it throws becomes a gRPC error: redacted, saying so when the call was
 * interrupted, and with the object's state when a checkpoint was reached.
 */
export async function runCall<Client, Result>(
  runtime: Runtime<Client>,
  subject: CallSubject,
  work: (context: CallContext<Client>, checkpoint: Checkpoint) => Promise<Result>,
): Promise<Result> {
  const redact = runtime.redact(subject.secrets);
  const operation = runtime.operations.begin(subject.timeoutSeconds, subject.kind);
  const line = await runtime.log(subject.urn, redact);
  const checkpoint: Checkpoint = {};
  try {
    const context: CallContext<Client> = {
      client: runtime.client(),
      urn: subject.urn,
      signal: operation.signal,
      log: (severity, message) => line(severity, message),
      progress: (message) => line("info", message, true),
    };
    return await work(context, checkpoint);
  } catch (error) {
    if (isGrpcFailure(error)) throw error;
    const message = redact(messageOf(operation.explain(error)));
    if (error instanceof Error && error.stack) line("debug", error.stack);
    throw checkpoint.state ? partialFailure(message, checkpoint.state) : failure(message);
  }
}

function isGrpcFailure(error: unknown): boolean {
  return typeof error === "object" && error !== null && !(error instanceof Error) && "details" in error;
}
