/** Invoke of the ResourceProvider service. */
import { runCall } from "./call.ts";
import { checkInputs } from "./check.ts";
import { checkFailure } from "./planning-handlers.ts";
import { type Message, provider } from "./proto.ts";
import type { Runtime } from "./runtime.ts";
import { findSecrets, markSecrets } from "./secrets.ts";
import { plain } from "./values.ts";
import { decode, encode } from "./wire.ts";

/** The handlers, as promises of responses. */
export function functionHandlers<Client>(runtime: Runtime<Client>) {
  return {
    async invoke(request: Message<"InvokeRequest">) {
      const definition = runtime.function(request.getTok());
      const { inputs, failures } = checkInputs({ schema: definition.inputs }, decode(request.getArgs()));
      const response = new provider.InvokeResponse();
      if (failures.length > 0) {
        response.setFailuresList(failures.map(checkFailure));
        return response;
      }
      const secrets = findSecrets(inputs);
      const subject = { urn: "", secrets, timeoutSeconds: 0, kind: "invoke" } as const;
      const result = await runCall(runtime, subject, (context) => definition.invoke(context, plain(inputs)));
      response.setReturn(encode(markSecrets(result, secrets, definition.secrets)));
      return response;
    },
  };
}
