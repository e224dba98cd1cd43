/** The calls of the ResourceProvider service with JavaScript values instead of messages. */
import { type Client, Metadata, type ServiceError } from "@grpc/grpc-js";
import { Empty, provider, Status } from "../../providers/kit/proto.ts";
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

export type PluginCalls = ReturnType<typeof pluginCalls>;

/** Wraps a gRPC client of a plugin. */
export function pluginCalls(client: Client) {
  const call = <Response>(method: string, request: unknown): Promise<Response> =>
    new Promise((resolve, reject) => {
      const invoke = (client as unknown as Record<string, unknown>)[method] as (
        request: unknown,
        metadata: Metadata,
        done: (error: ServiceError | null, response: Response) => void,
      ) => void;
      invoke.call(client, request, new Metadata(), (error, response) => {
        if (error) reject(toPluginError(error));
        else resolve(response);
      });
    });

  const urnOf = (token: string, name = "it"): string => `urn:pulumi:test::delivery::${token}::${name}`;

  return {
    async schema(): Promise<Record<string, unknown>> {
      const response = await call<InstanceType<typeof provider.GetSchemaResponse>>(
        "getSchema",
        new provider.GetSchemaRequest(),
      );
      return JSON.parse(response.getSchema()) as Record<string, unknown>;
    },

    async checkConfig(config: PropertyTree): Promise<{ inputs: PropertyTree; failures: CheckFailure[] }> {
      const request = new provider.CheckRequest();
      request.setUrn(urnOf("pulumi:providers:test", "default"));
      request.setNews(encode(config));
      return toCheckResult(await call("checkConfig", request));
    },

    async diffConfig(olds: PropertyTree, news: PropertyTree): Promise<DiffResult> {
      const request = new provider.DiffRequest();
      request.setOldInputs(encode(olds));
      request.setOlds(encode(olds));
      request.setNews(encode(news));
      return toDiffResult(await call("diffConfig", request));
    },

    async configure(config: PropertyTree = {}): Promise<void> {
      const request = new provider.ConfigureRequest();
      request.setArgs(encode(config));
      request.setAcceptsecrets(true);
      await call("configure", request);
    },

    async check(token: string, inputs: PropertyTree): Promise<{ inputs: PropertyTree; failures: CheckFailure[] }> {
      const request = new provider.CheckRequest();
      request.setUrn(urnOf(token));
      request.setNews(encode(inputs));
      return toCheckResult(await call("check", request));
    },

    async diff(token: string, old: State, news: PropertyTree, options: CallOptions = {}): Promise<DiffResult> {
      const request = new provider.DiffRequest();
      request.setId(old.id);
      request.setUrn(urnOf(token));
      request.setOlds(encode(old.outputs));
      request.setOldInputs(encode(old.inputs));
      request.setNews(encode(news));
      request.setIgnorechangesList([...(options.ignoreChanges ?? [])]);
      return toDiffResult(await call("diff", request));
    },

    /** Checks and creates; fails on check failures. */
    async create(token: string, given: PropertyTree, options: CallOptions = {}): Promise<State> {
      const inputs = await this.checked(token, given);
      const response = await call<CreateResponse>("create", createRequest(urnOf(token), inputs, options, false));
      return { id: response.getId(), inputs, outputs: decode(response.getProperties()) };
    },

    async previewCreate(token: string, given: PropertyTree): Promise<PropertyTree> {
      const inputs = await this.checked(token, given);
      const response = await call<CreateResponse>("create", createRequest(urnOf(token), inputs, {}, true));
      return decode(response.getProperties());
    },

    /** Refreshes a known object, or imports one when `old` is only an id; undefined when it does not exist. */
    async read(token: string, old: State | string, options: CallOptions = {}): Promise<State | undefined> {
      const request = new provider.ReadRequest();
      request.setUrn(urnOf(token));
      request.setId(typeof old === "string" ? old : old.id);
      request.setTimeout(options.timeoutSeconds ?? 0);
      if (typeof old !== "string") {
        request.setInputs(encode(old.inputs));
        request.setProperties(encode(old.outputs));
      }
      const response = await call<InstanceType<typeof provider.ReadResponse>>("read", request);
      if (response.getId() === "") return undefined;
      return {
        id: response.getId(),
        inputs: decode(response.getInputs()),
        outputs: decode(response.getProperties()),
      };
    },

    /** Checks and updates, whether or not the inputs differ. */
    async update(token: string, old: State, given: PropertyTree, options: CallOptions = {}): Promise<State> {
      const inputs = await this.checked(token, given);
      const response = await call<UpdateResponse>("update", updateRequest(urnOf(token), old, inputs, options, false));
      return { id: old.id, inputs, outputs: decode(response.getProperties()) };
    },

    async previewUpdate(token: string, old: State, given: PropertyTree): Promise<PropertyTree> {
      const inputs = await this.checked(token, given);
      const response = await call<UpdateResponse>("update", updateRequest(urnOf(token), old, inputs, {}, true));
      return decode(response.getProperties());
    },

    async delete(token: string, old: State, options: CallOptions = {}): Promise<void> {
      const request = new provider.DeleteRequest();
      request.setId(old.id);
      request.setUrn(urnOf(token));
      request.setProperties(encode(old.outputs));
      request.setOldInputs(encode(old.inputs));
      request.setTimeout(options.timeoutSeconds ?? 0);
      await call("delete", request);
    },

    async invoke(token: string, args: PropertyTree): Promise<{ result: PropertyTree; failures: CheckFailure[] }> {
      const request = new provider.InvokeRequest();
      request.setTok(token);
      request.setArgs(encode(args));
      const response = await call<InstanceType<typeof provider.InvokeResponse>>("invoke", request);
      return { result: decode(response.getReturn()), failures: response.getFailuresList().map(toFailure) };
    },

    async cancel(): Promise<void> {
      await call("cancel", new Empty());
    },

    /** The checked inputs; throws when there are failures. */
    async checked(token: string, given: PropertyTree): Promise<PropertyTree> {
      const { inputs, failures } = await this.check(token, given);
      if (failures.length > 0) throw new Error(`check failures: ${JSON.stringify(failures)}`);
      return inputs;
    },
  };
}

type CreateResponse = InstanceType<typeof provider.CreateResponse>;
type UpdateResponse = InstanceType<typeof provider.UpdateResponse>;

function createRequest(urn: string, inputs: PropertyTree, options: CallOptions, preview: boolean) {
  const request = new provider.CreateRequest();
  request.setUrn(urn);
  request.setProperties(encode(inputs));
  request.setTimeout(options.timeoutSeconds ?? 0);
  request.setPreview(preview);
  return request;
}

function updateRequest(urn: string, old: State, inputs: PropertyTree, options: CallOptions, preview: boolean) {
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

function toCheckResult(response: InstanceType<typeof provider.CheckResponse>) {
  return { inputs: decode(response.getInputs()), failures: response.getFailuresList().map(toFailure) };
}

function toFailure(message: InstanceType<typeof provider.CheckFailure>): CheckFailure {
  return { property: message.getProperty(), reason: message.getReason() };
}

function toDiffResult(response: InstanceType<typeof provider.DiffResponse>): DiffResult {
  const entries = response.getDetaileddiffMap().getEntryList();
  return {
    changes: response.getChanges() === provider.DiffResponse.DiffChanges.DIFF_SOME,
    detailed: Object.fromEntries(entries.map(([path]) => [path, kindAt(response, path)])),
    replaces: response.getReplacesList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
  };
}

function kindAt(response: InstanceType<typeof provider.DiffResponse>, path: string): string {
  const detail = response.getDetaileddiffMap().get(path);
  return (detail && KINDS[detail.getKind()]) ?? "unknown kind";
}

function toPluginError(error: ServiceError): PluginError {
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
