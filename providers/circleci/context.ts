/** Context: a named set of variables that an organization's pipelines can ask for. */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Arguments of a context. */
export interface ContextArgs {
  /** Name of the context, unique in its organization. A change replaces the context. */
  name: pulumi.Input<string>;
  /** Slug (`gh/acme`, `circleci/<id>`) or id of the organization that owns it. A change replaces the context. */
  organization: pulumi.Input<string>;
}

/** A context of a CircleCI organization ("CircleCI API v2", Context). */
export class Context extends pulumi.CustomResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly organization: pulumi.Output<string>;
  /** Id of the context, a UUID. */
  declare readonly contextId: pulumi.Output<string>;
  /** When it was created, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;

  /** Declares a context. */
  constructor(name: string, args: ContextArgs, options?: pulumi.CustomResourceOptions) {
    super(
      "circleci:index:Context",
      name,
      { ...args, contextId: undefined, createdAt: undefined },
      pulumi.mergeOptions({ version: VERSION }, options),
    );
  }
}
