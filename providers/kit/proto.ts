/**
 * The engine's gRPC messages and services, from the CommonJS stubs in `@pulumi/pulumi/proto`, under sane names.
 * The `*_pb.js` modules must be default imports: a named import type-checks and is undefined at run time.
 */
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerMessages from "@pulumi/pulumi/proto/provider_pb.js";
import statusMessages from "@pulumi/pulumi/proto/status_pb.js";
import anyMessages from "google-protobuf/google/protobuf/any_pb.js";
import emptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import structMessages from "google-protobuf/google/protobuf/struct_pb.js";

/** Messages of `pulumirpc.ResourceProvider`. */
export const provider = providerMessages;
/** Messages of `pulumirpc.Engine`. */
export const engine = engineMessages;
/** Messages that describe a plugin. */
export const plugin = pluginMessages;
/** The definition of the ResourceProvider service, for a gRPC server or client. */
export const resourceProviderService = ResourceProviderService;
/** `google.rpc.Status`, the carrier of error details. */
export const { Status } = statusMessages;
export const { Any } = anyMessages;
export const { Empty } = emptyMessages;
export const { Struct } = structMessages;

type ProviderMessages = typeof providerMessages;
export type StructMessage = InstanceType<typeof structMessages.Struct>;

/** An instance of one of the provider's messages. */
export type Message<Name extends keyof ProviderMessages> = InstanceType<
  Extract<ProviderMessages[Name], abstract new (...args: never) => unknown>
>;
