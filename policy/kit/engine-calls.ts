/**
 * What the engine tells a policy pack and @pulumi/policy leaves out: which values are secret or unknown, and the
 * stack's configuration. It is read from the engine's calls on their way to @pulumi/policy's server.
 */
import { Server, type UntypedServiceImplementation } from "@grpc/grpc-js";
import type { StructMessage } from "../../providers/kit/proto.ts";
import type { PropertyTree } from "../../providers/kit/values.ts";
import { decode } from "../../providers/kit/wire.ts";

/** What the calls said so far. */
export interface EngineCalls {
  /** A key of the stack's configuration; undefined when it is not set. */
  configured(key: string): string | undefined;
  /** What the resource is going to be made of. */
  inputsOf(urn: string): PropertyTree;
  /** What the resource will have, or has. */
  outputsOf(urn: string): PropertyTree;
}

interface AnalyzeRequest {
  getUrn(): string;
  getProperties(): StructMessage | undefined;
}

interface StackRequest {
  getResourcesList(): AnalyzeRequest[];
}

interface ConfigureStackRequest {
  getConfigMap(): { get(key: string): string | undefined };
}

type Handler = (call: { request: unknown }, callback: unknown) => void;

/** Listens to every server that this process starts from now on. Call it before the pack is made. */
export function listenToEngine(): EngineCalls {
  const inputs = new Map<string, PropertyTree>();
  const outputs = new Map<string, PropertyTree>();
  let configuration: ConfigureStackRequest | undefined;

  const keep = (into: Map<string, PropertyTree>, resource: AnalyzeRequest): unknown =>
    into.set(resource.getUrn(), decode(resource.getProperties()));
  const listeners: Record<string, (request: never) => unknown> = {
    configureStack: (request: ConfigureStackRequest) => {
      configuration = request;
    },
    analyze: (request: AnalyzeRequest) => keep(inputs, request),
    analyzeStack: (request: StackRequest) => request.getResourcesList().map((resource) => keep(outputs, resource)),
  };

  const { addService } = Server.prototype;
  Server.prototype.addService = function (service, implementation) {
    addService.call(this, service, overheard(implementation, listeners));
  };
  return {
    configured: (key) => configuration?.getConfigMap().get(key),
    inputsOf: (urn) => inputs.get(urn) ?? {},
    outputsOf: (urn) => outputs.get(urn) ?? {},
  };
}

function overheard(
  implementation: UntypedServiceImplementation,
  listeners: Record<string, (request: never) => unknown>,
): UntypedServiceImplementation {
  const handlers = Object.entries(listeners).map(([name, listen]) => {
    const handle = implementation[name] as Handler;
    const handler: Handler = (call, callback) => {
      listen(call.request as never);
      handle(call, callback);
    };
    return [name, handler];
  });
  return { ...implementation, ...Object.fromEntries(handlers) };
}
