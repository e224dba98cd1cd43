/**
 * Context: a context of a CircleCI organization.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Arguments of a context. */
export interface ContextArgs {
  /** Name of the context, unique in its organization. A change replaces the context. */
  name: pulumi.Input<string>;
  /** Slug (`gh/acme`, `circleci/<id>`) or id of the organization that owns it. A change replaces the context. */
  organization: pulumi.Input<string>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  name: undefined,
  organization: undefined,
  contextId: undefined,
  createdAt: undefined,
};

/**
 * A context of a CircleCI organization (CircleCI API v2, Context): variables for the jobs that ask for it. Import
 * by id, or by organization and name: `gh/acme/production`.
 */
export class Context extends pulumi.CustomResource {
  /** Name of the context, unique in its organization. A change replaces the context. */
  declare readonly name: pulumi.Output<string>;
  /** Slug (`gh/acme`, `circleci/<id>`) or id of the organization that owns it. A change replaces the context. */
  declare readonly organization: pulumi.Output<string>;
  /** Id of the context, a UUID. */
  declare readonly contextId: pulumi.Output<string>;
  /** When it was created, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;

  /** Declares a context. */
  constructor(name: string, args: ContextArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args };
    const own = { version: VERSION };
    super("circleci:index:Context", name, properties, pulumi.mergeOptions(own, options));
  }
}
