/**
 * ContextRestriction: a restriction of a CircleCI context.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type { ContextRestrictionType } from "./types.ts";
import { VERSION } from "./version.ts";

/** Arguments of a context restriction. */
export interface ContextRestrictionArgs {
  /** Id of the context. A change replaces the restriction. */
  contextId: pulumi.Input<string>;
  /** What may use the context. `group` is for OAuth organizations. A change replaces the restriction. */
  type: pulumi.Input<ContextRestrictionType>;
  /**
   * Id of the project (a UUID), expression over a pipeline's values, or id of the group. A change replaces the
   * restriction.
   */
  value: pulumi.Input<string>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  contextId: undefined,
  type: undefined,
  value: undefined,
  restrictionId: undefined,
};

/**
 * A restriction of a CircleCI context (CircleCI API v2, Context): only jobs of these projects, or of pipelines that
 * fit the expression, get its variables. Import by context and restriction: `<context id>/<restriction id>` or
 * `<context id>/project/<project id>`, also with `gh/acme/production` for the context.
 */
export class ContextRestriction extends pulumi.CustomResource {
  /** Id of the context. A change replaces the restriction. */
  declare readonly contextId: pulumi.Output<string>;
  /** What may use the context. `group` is for OAuth organizations. A change replaces the restriction. */
  declare readonly type: pulumi.Output<ContextRestrictionType>;
  /**
   * Id of the project (a UUID), expression over a pipeline's values, or id of the group. A change replaces the
   * restriction.
   */
  declare readonly value: pulumi.Output<string>;
  /** Id of the restriction, a UUID. */
  declare readonly restrictionId: pulumi.Output<string>;

  /** Declares a context restriction. */
  constructor(name: string, args: ContextRestrictionArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args };
    const own = { version: VERSION };
    super("circleci:index:ContextRestriction", name, properties, pulumi.mergeOptions(own, options));
  }
}
