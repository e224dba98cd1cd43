/** Failures as the engine takes them: gRPC statuses, and "created, but not finished" with the object's state. */
import { Metadata, type ServerErrorResponse, status } from "@grpc/grpc-js";
import { Any, provider, Status } from "./proto.ts";
import type { PropertyTree } from "./values.ts";
import { encode } from "./wire.ts";

/** The part of an operation that took effect before it failed. */
export interface PartialState {
  readonly id: string;
  readonly inputs: PropertyTree;
  readonly outputs: PropertyTree;
}

/** A gRPC error that carries only a message. */
export function failure(message: string, code: status = status.UNKNOWN): Partial<ServerErrorResponse> {
  return { code, details: message };
}

/** A gRPC error that makes the engine keep the object and finish it next time (`ErrorResourceInitFailed`). */
export function partialFailure(message: string, state: PartialState): Partial<ServerErrorResponse> {
  const detail = new provider.ErrorResourceInitFailed();
  detail.setId(state.id);
  detail.setInputs(encode(state.inputs));
  detail.setProperties(encode(state.outputs));
  detail.setReasonsList([message]);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const carrier = new Status();
  carrier.setCode(status.UNKNOWN);
  carrier.setMessage(message);
  carrier.addDetails(any);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(carrier.serializeBinary()));
  return { code: status.UNKNOWN, details: message, metadata };
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
