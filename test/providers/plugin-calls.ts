/** The calls of the ResourceProvider service with JavaScript values instead of messages. */
import { type Client, Metadata, type ServiceError } from "@grpc/grpc-js";
import { Empty, type Message, provider } from "../../providers/kit/proto.ts";
import type { CheckFailure } from "../../providers/kit/resource.ts";
import type { PropertyTree } from "../../providers/kit/values.ts";
import { decode, encode } from "../../providers/kit/wire.ts";
import {
  type CallOptions,
  createRequest,
  type DiffResult,
  type State,
  toCheckResult,
  toDiffResult,
  toFailure,
  toPluginError,
  updateRequest,
} from "./plugin-messages.ts";

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
      const response = await call<Message<"GetSchemaResponse">>("getSchema", new provider.GetSchemaRequest());
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

    /** `olds` are the inputs in the state; an import checks what it read against itself. */
    async check(
      token: string,
      inputs: PropertyTree,
      olds: PropertyTree = {},
    ): Promise<{ inputs: PropertyTree; failures: CheckFailure[] }> {
      const request = new provider.CheckRequest();
      request.setUrn(urnOf(token));
      request.setOlds(encode(olds));
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
      const response = await call<Message<"CreateResponse">>(
        "create",
        createRequest(urnOf(token), inputs, options, false),
      );
      return { id: response.getId(), inputs, outputs: decode(response.getProperties()) };
    },

    async previewCreate(token: string, given: PropertyTree): Promise<PropertyTree> {
      const inputs = await this.checked(token, given);
      const response = await call<Message<"CreateResponse">>("create", createRequest(urnOf(token), inputs, {}, true));
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
      const response = await call<Message<"ReadResponse">>("read", request);
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
      const response = await call<Message<"UpdateResponse">>(
        "update",
        updateRequest(urnOf(token), old, inputs, options, false),
      );
      return { id: old.id, inputs, outputs: decode(response.getProperties()) };
    },

    async previewUpdate(token: string, old: State, given: PropertyTree): Promise<PropertyTree> {
      const inputs = await this.checked(token, given);
      const response = await call<Message<"UpdateResponse">>(
        "update",
        updateRequest(urnOf(token), old, inputs, {}, true),
      );
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
      const response = await call<Message<"InvokeResponse">>("invoke", request);
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
