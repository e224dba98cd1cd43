/** The ResourceProvider service of a provider definition, as gRPC wants it. */
import { type ServerUnaryCall, type sendUnaryData, status, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { configurationHandlers } from "./configuration-handlers.ts";
import { failure, messageOf } from "./errors.ts";
import { functionHandlers } from "./function-handlers.ts";
import { lifecycleHandlers } from "./lifecycle-handlers.ts";
import { planningHandlers } from "./planning-handlers.ts";
import { resourceProviderService } from "./proto.ts";
import type { Runtime } from "./runtime.ts";

type Handler = (request: never) => Promise<unknown>;

/** All methods of the service; those that the kit does not offer answer UNIMPLEMENTED. */
export function providerService<Client>(runtime: Runtime<Client>): UntypedServiceImplementation {
  const handlers: Record<string, Handler> = {
    ...configurationHandlers(runtime),
    ...planningHandlers(runtime),
    ...lifecycleHandlers(runtime),
    ...functionHandlers(runtime),
  };
  const methods = Object.keys(resourceProviderService).map((method) => [
    method,
    unary(runtime, method, handlers[method]),
  ]);
  return Object.fromEntries(methods);
}

function unary<Client>(runtime: Runtime<Client>, method: string, handler: Handler | undefined) {
  return (call: ServerUnaryCall<never, unknown>, callback: sendUnaryData<unknown>): void => {
    if (!handler) {
      callback(failure(`${method} is not offered by this provider`, status.UNIMPLEMENTED));
      return;
    }
    const answered = handler(call.request).then(
      (response) => callback(null, response),
      (error: unknown) =>
        callback(error instanceof Error ? failure(runtime.redact()(messageOf(error))) : (error as object)),
    );
    runtime.pending.add(answered);
  };
}
