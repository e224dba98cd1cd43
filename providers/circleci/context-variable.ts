/**
 * ContextVariable: a variable of a CircleCI context.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Arguments of a context variable. */
export interface ContextVariableArgs {
  /** Id of the context. A change replaces the variable. */
  contextId: pulumi.Input<string>;
  /** Name of the variable. A change replaces the variable: the old name goes first. */
  name: pulumi.Input<string>;
  /** Its value. CircleCI never shows it again; a change of it is written in place. */
  value: pulumi.Input<string>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  contextId: undefined,
  name: undefined,
  value: undefined,
  createdAt: undefined,
  updatedAt: undefined,
};

/**
 * A variable of a CircleCI context (CircleCI API v2, Context). Its value is never shown: that somebody else wrote
 * it is seen by its time of change, and the next update writes the declared value again. Import by context and
 * name: `<context id>/<name>` or `gh/acme/production/<name>`; an import takes the declared value for the one that
 * is there.
 */
export class ContextVariable extends pulumi.CustomResource {
  /** Id of the context. A change replaces the variable. */
  declare readonly contextId: pulumi.Output<string>;
  /** Name of the variable. A change replaces the variable: the old name goes first. */
  declare readonly name: pulumi.Output<string>;
  /** Its value as declared; absent after an import. */
  declare readonly value: pulumi.Output<string | undefined>;
  /** When it was first set, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** When its value was last written, ISO 8601. */
  declare readonly updatedAt: pulumi.Output<string>;

  /** Declares a context variable. */
  constructor(name: string, args: ContextVariableArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args, value: pulumi.secret(args.value) };
    const own = { version: VERSION, additionalSecretOutputs: ["value"] };
    super("circleci:index:ContextVariable", name, properties, pulumi.mergeOptions(own, options));
  }
}
