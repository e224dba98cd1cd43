/** ContextRestriction: who may use a context. */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** What a restriction goes by. `group` is for OAuth organizations. */
export type ContextRestrictionType = "project" | "expression" | "group";

/** Arguments of a restriction of a context. */
export interface ContextRestrictionArgs {
  /** Id of the context. A change replaces the restriction. */
  contextId: pulumi.Input<string>;
  /** What may use the context. A change replaces the restriction. */
  type: pulumi.Input<ContextRestrictionType>;
  /**
   * Id of the project (a UUID), expression over a pipeline's values, or id of the group. A change replaces the
   * restriction.
   */
  value: pulumi.Input<string>;
}

/**
 * A restriction of a context ("CircleCI API v2", Context): only jobs of these projects, or of pipelines that fit the
 * expression, get its variables.
 */
export class ContextRestriction extends pulumi.CustomResource {
  declare readonly contextId: pulumi.Output<string>;
  declare readonly type: pulumi.Output<ContextRestrictionType>;
  declare readonly value: pulumi.Output<string>;
  /** Id of the restriction, a UUID. */
  declare readonly restrictionId: pulumi.Output<string>;

  /** Declares a restriction of a context. */
  constructor(name: string, args: ContextRestrictionArgs, options?: pulumi.CustomResourceOptions) {
    super(
      "circleci:index:ContextRestriction",
      name,
      { ...args, restrictionId: undefined },
      pulumi.mergeOptions({ version: VERSION }, options),
    );
  }
}
