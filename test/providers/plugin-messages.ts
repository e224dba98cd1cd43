/** Messages of the ResourceProvider service, to and from JavaScript values. */
import type { ServiceError } from "@grpc/grpc-js";
import { type Message, provider, Status } from "../../providers/kit/proto.ts";
import type { CheckFailure } from "../../providers/kit/resource.ts";
import type { PropertyTree } from "../../providers/kit/values.ts";
import { decode, encode } from "../../providers/kit/wire.ts";

/** Inputs and outputs as the engine keeps them in the state. */
export interface State {
  readonly id: string;
  readonly inputs: PropertyTree;
  readonly outputs: PropertyTree;
}

export interface DiffResult {
  readonly changes: boolean;
  /** Path -> kind: "update", "add-replace", ... */
  readonly detailed: Readonly<Record<string, string>>;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface CallOptions {
  readonly timeoutSeconds?: number;
  readonly ignoreChanges?: readonly string[];
  readonly name?: string;
}

/** A call that the plugin refused; `partial` is the state that the engine would keep all the same. */
export class PluginError extends Error {
  readonly partial: State | undefined;

  constructor(message: string, partial: State | undefined) {
    super(message);
    this.partial = partial;
  }
}

const KINDS = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"] as const;

/** A Create request. */
export function createRequest(urn: string, inputs: PropertyTree, options: CallOptions, preview: boolean) {
  const request = new provider.CreateRequest();
  request.setUrn(urn);
  request.setProperties(encode(inputs));
  request.setTimeout(options.timeoutSeconds ?? 0);
  request.setPreview(preview);
  return request;
}

/** An Update request. */
export function updateRequest(urn: string, old: State, inputs: PropertyTree, options: CallOptions, preview: boolean) {
  const request = new provider.UpdateRequest();
  request.setUrn(urn);
  request.setId(old.id);
  request.setOlds(encode(old.outputs));
  request.setOldInputs(encode(old.inputs));
  request.setNews(encode(inputs));
  request.setIgnorechangesList([...(options.ignoreChanges ?? [])]);
  request.setTimeout(options.timeoutSeconds ?? 0);
  request.setPreview(preview);
  return request;
}

/** What Check answered. */
export function toCheckResult(response: Message<"CheckResponse">) {
  return { inputs: decode(response.getInputs()), failures: response.getFailuresList().map(toFailure) };
}

/** One failure of Check. */
export function toFailure(message: Message<"CheckFailure">): CheckFailure {
  return { property: message.getProperty(), reason: message.getReason() };
}

/** What Diff answered. */
export function toDiffResult(response: Message<"DiffResponse">): DiffResult {
  const entries = response.getDetaileddiffMap().getEntryList();
  return {
    changes: response.getChanges() === provider.DiffResponse.DiffChanges.DIFF_SOME,
    detailed: Object.fromEntries(entries.map(([path]) => [path, kindAt(response, path)])),
    replaces: response.getReplacesList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
  };
}

function kindAt(response: Message<"DiffResponse">, path: string): string {
  const detail = response.getDetaileddiffMap().get(path);
  return (detail && KINDS[detail.getKind()]) ?? "unknown kind";
}

/** A refused call, with the state that was reached, if any. */
export function toPluginError(error: ServiceError): PluginError {
  const [details] = error.metadata?.get("grpc-status-details-bin") ?? [];
  const partials = details ? Status.deserializeBinary(details as Buffer).getDetailsList() : [];
  const partial = partials
    .filter((any) => any.getTypeUrl().endsWith("pulumirpc.ErrorResourceInitFailed"))
    .map((any) => provider.ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8()))[0];
  if (!partial) return new PluginError(error.details, undefined);
  return new PluginError(partial.getReasonsList().join("\n"), {
    id: partial.getId(),
    inputs: decode(partial.getInputs()),
    outputs: decode(partial.getProperties()),
  });
}
