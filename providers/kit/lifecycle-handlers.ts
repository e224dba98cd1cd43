/** Create, Read, Update and Delete of the ResourceProvider service. */
import { runCall } from "./call.ts";
import { changedNames, diffInputs } from "./diff.ts";
import { partialFailure } from "./errors.ts";
import { withDefaults } from "./keys.ts";
import { previewCreate, previewUpdate } from "./preview.ts";
import { plainPrior, priorOf } from "./prior.ts";
import { Empty, type Message, provider } from "./proto.ts";
import { refuse } from "./refuse.ts";
import type { Properties, ResourceDefinition } from "./resource.ts";
import { type Runtime, typeOf } from "./runtime.ts";
import { findSecrets, markSecrets } from "./secrets.ts";
import { shapeOf } from "./shape.ts";
import { type PropertyTree, plain } from "./values.ts";
import { decode, encode } from "./wire.ts";

// biome-ignore lint/suspicious/noExplicitAny: any definition will do
type Definition<Client> = ResourceDefinition<Client, any, any>;

/** The handlers, as promises of responses. */
export function lifecycleHandlers<Client>(runtime: Runtime<Client>) {
  return {
    async create(request: Message<"CreateRequest">) {
      const urn = request.getUrn();
      const definition = runtime.resource(typeOf(urn));
      const inputs = decode(request.getProperties());
      const secrets = findSecrets(inputs);
      const toState = (outputs: Properties): PropertyTree => markSecrets(outputs, secrets, definition.secrets);
      const response = new provider.CreateResponse();
      if (request.getPreview()) {
        response.setProperties(encode(toState(previewCreate(definition, inputs))));
        return response;
      }
      const subject = { urn, secrets, timeoutSeconds: request.getTimeout(), kind: "create" } as const;
      const { id, outputs } = await runCall(runtime, subject, (context, checkpoint) => {
        const created = (id: string, reached: Properties): void => {
          checkpoint.state = { id, inputs, outputs: toState(reached) };
        };
        return definition.create({ ...context, created }, plain(inputs));
      });
      response.setId(id);
      response.setProperties(encode(toState(outputs)));
      return response;
    },

    async read(request: Message<"ReadRequest">) {
      const urn = request.getUrn();
      const definition = runtime.resource(typeOf(urn));
      const prior = priorOf(definition.renamed, request.getInputs(), request.getProperties());
      const imported = Object.keys(prior.inputs).length === 0;
      const secrets = findSecrets(prior.inputs, prior.outputs);
      const subject = { urn, secrets, timeoutSeconds: request.getTimeout(), kind: "read" } as const;
      const found = await runCall(runtime, subject, (context) =>
        definition.read(context, request.getId(), imported ? undefined : plainPrior(prior)),
      );
      const response = new provider.ReadResponse();
      if (!found) return response;
      const names = [...(definition.secrets ?? []), ...(imported ? (definition.secretOnImport ?? []) : [])];
      const kept = (definition.writeOnly ?? []).map((name) => [name, prior.inputs[name]] as const);
      const inputs = { ...(imported ? {} : Object.fromEntries(kept)), ...found.inputs };
      const completed = withDefaults(shapeOf(definition.inputs), inputs) as PropertyTree;
      const state = {
        id: found.id,
        inputs: markSecrets(completed, secrets, names),
        outputs: markSecrets(found.outputs, secrets, names),
      };
      if (found.problem) throw partialFailure(runtime.redact(secrets)(found.problem), state);
      response.setId(state.id);
      response.setInputs(encode(state.inputs));
      response.setProperties(encode(state.outputs));
      return response;
    },

    async update(request: Message<"UpdateRequest">) {
      const urn = request.getUrn();
      const id = request.getId();
      const definition = runtime.resource(typeOf(urn));
      const { update = readAgain(definition) } = definition;
      const prior = priorOf(definition.renamed, request.getOldInputs(), request.getOlds());
      const inputs = decode(request.getNews());
      refuse(runtime, definition, prior, inputs);
      const changed = changedNames(await diffInputs(definition, prior, inputs, request.getIgnorechangesList()));
      const now = findSecrets(inputs);
      const ever = findSecrets(inputs, prior.inputs, prior.outputs);
      const marks = { paths: now.paths, values: ever.values };
      const toState = (outputs: Properties): PropertyTree => markSecrets(outputs, marks, definition.secrets);
      const response = new provider.UpdateResponse();
      if (request.getPreview()) {
        response.setProperties(encode(toState(previewUpdate(definition, prior, inputs, changed))));
        return response;
      }
      const subject = { urn, secrets: ever, timeoutSeconds: request.getTimeout(), kind: "update" } as const;
      const outputs = await runCall(runtime, subject, (context, checkpoint) => {
        const updated = (reached: Properties): void => {
          checkpoint.state = { id, inputs, outputs: toState(reached) };
        };
        return update.call(definition, { ...context, updated }, id, plainPrior(prior), plain(inputs), changed);
      });
      response.setProperties(encode(toState(outputs)));
      return response;
    },

    async delete(request: Message<"DeleteRequest">) {
      const urn = request.getUrn();
      const definition = runtime.resource(typeOf(urn));
      const prior = priorOf(definition.renamed, request.getOldInputs(), request.getProperties());
      const secrets = findSecrets(prior.inputs, prior.outputs);
      const subject = { urn, secrets, timeoutSeconds: request.getTimeout(), kind: "delete" } as const;
      await runCall(runtime, subject, (context) => definition.delete(context, request.getId(), plainPrior(prior)));
      return new Empty();
    },
  };
}

/**
 * Where every change replaces, the engine asks for an update without a change: to finish a create that had made the
 * object and failed after that. What is left to find out is how the object is.
 */
function readAgain<Client>({ token, read }: Definition<Client>): NonNullable<Definition<Client>["update"]> {
  return async (context, id, prior, _inputs, changed) => {
    if (changed.length > 0) throw new Error(`${token} has no update: every change replaces it`);
    const found = await read(context, id, prior);
    if (!found) throw new Error(`${token} ${id} does not exist any more. Take it out of the state with a refresh`);
    if (found.problem) throw new Error(found.problem);
    return found.outputs;
  };
}
