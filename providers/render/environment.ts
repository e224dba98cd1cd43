/**
 * Environment: an environment of a Render project.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type { ProtectedStatus } from "./types.ts";
import { VERSION } from "./version.ts";

/** Arguments of an environment. */
export interface EnvironmentArgs {
  /** Name of the environment, unique in its project. */
  name: pulumi.Input<string>;
  /** In a `protected` environment only admins may do what destroys something. Default `unprotected`. */
  protectedStatus?: pulumi.Input<ProtectedStatus>;
  /** Whether private network traffic from and to other environments is blocked. Default `false`. */
  networkIsolationEnabled?: pulumi.Input<boolean>;
  /** Id of the project (`prj-…`). A change replaces the environment. */
  projectId: pulumi.Input<string>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  name: undefined,
  protectedStatus: undefined,
  networkIsolationEnabled: undefined,
  projectId: undefined,
};

/**
 * An environment of a Render project (Render Public API, Environments). It is not deleted while anything is in it.
 * Import by id (`evm-…`) or as `project name/environment name`.
 */
export class Environment extends pulumi.CustomResource {
  /** Name of the environment, unique in its project. */
  declare readonly name: pulumi.Output<string>;
  /** In a `protected` environment only admins may do what destroys something. */
  declare readonly protectedStatus: pulumi.Output<ProtectedStatus>;
  /** Whether private network traffic from and to other environments is blocked. */
  declare readonly networkIsolationEnabled: pulumi.Output<boolean>;
  /** Id of the project (`prj-…`). A change replaces the environment. */
  declare readonly projectId: pulumi.Output<string>;

  /** Declares an environment. */
  constructor(name: string, args: EnvironmentArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args };
    const own = { version: VERSION };
    super("render:index:Environment", name, properties, pulumi.mergeOptions(own, options));
  }
}
