/** ContextVariable: one variable of a context. */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Arguments of a variable of a context. */
export interface ContextVariableArgs {
  /** Id of the context. A change replaces the variable. */
  contextId: pulumi.Input<string>;
  /** Name of the variable. A change replaces the variable: the old name goes first. */
  name: pulumi.Input<string>;
  /** Its value, always secret. CircleCI never shows it again; a change of it is written in place. */
  value: pulumi.Input<string>;
}

/**
 * A variable of a CircleCI context ("CircleCI API v2", Context). A value written elsewhere is seen by its time of
 * change, and written again by the next update.
 */
export class ContextVariable extends pulumi.CustomResource {
  declare readonly contextId: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly value: pulumi.Output<string>;
  /** When it was first set, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** When its value was last written, ISO 8601. */
  declare readonly updatedAt: pulumi.Output<string>;

  /** Declares a variable of a context. */
  constructor(name: string, args: ContextVariableArgs, options?: pulumi.CustomResourceOptions) {
    super(
      "circleci:index:ContextVariable",
      name,
      { ...args, value: pulumi.secret(args.value), createdAt: undefined, updatedAt: undefined },
      pulumi.mergeOptions({ version: VERSION, additionalSecretOutputs: ["value"] }, options),
    );
  }
}
