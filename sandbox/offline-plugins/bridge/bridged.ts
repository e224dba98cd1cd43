/**
 * What every resource of a plugin that is bridged from a Terraform provider has in common, around the calls of its own.
 * Source: pulumi-terraform-bridge, "pkg/tfbridge/provider.go" (Create, Read, Update, Delete), and runs of the vendor's
 * plugin.
 */
import type { CallContext, Properties, ResourceDefinition } from "../../../providers/kit/resource.ts";
import { BridgedError } from "./failure.ts";
import { defined } from "./value.ts";

/**
 * The definition as the bridge runs it:
 * - an update without a difference between what is recorded and what is declared sends nothing and succeeds;
 * - an update that fails records what was wanted, so that the next one finds no difference;
 * - an error is told twice, by the plugin's log and by the call.
 * @param plugin name and version as the log writes them: `github@6.15.0`.
 */
export function bridged<Client, Inputs extends Properties, Outputs extends Properties>(
  definition: ResourceDefinition<Client, Inputs, Outputs>,
  plugin: string,
): ResourceDefinition<Client, Inputs, Outputs> {
  const { diff, update } = definition;
  if (!diff || !update) throw new Error(`${definition.token} has no diff or no update of its own`);
  const told = tellingTwice(plugin);
  return {
    ...definition,
    create: (context, inputs) => {
      let exists = false;
      const created: typeof context.created = (id, outputs) => {
        exists = true;
        context.created(id, outputs);
      };
      const work = () => definition.create({ ...context, created }, inputs);
      return told(context, () => (exists ? "creating" : undefined), work);
    },
    read: (context, id, prior) =>
      told(
        context,
        () => "refreshing",
        () => definition.read(context, id, prior),
      ),
    update: (context, id, prior, inputs, changed) => {
      if (diff(prior, inputs).length === 0) return Promise.resolve(prior.outputs);
      context.updated({ ...prior.outputs, ...defined(inputs) });
      return told(
        context,
        () => "updating",
        () => update(context, id, prior, inputs, changed),
      );
    },
    delete: (context, id, prior) =>
      told(
        context,
        () => "deleting",
        () => definition.delete(context, id, prior),
      ),
  };
}

/** The log's line about an error comes from the framework below, the call's error from the bridge above. */
function tellingTwice(plugin: string) {
  return async <Result>(
    { log, urn }: CallContext<unknown>,
    doing: () => string | undefined,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BridgedError)) throw error;
      log("error", `sdk-v2/provider2.go:571: sdk.helper_schema: ${error.problem}: provider=${plugin}`);
      const verb = doing();
      if (verb !== undefined) error.message = `${verb} ${urn}: ${error.message}`;
      throw error;
    }
  };
}
