/** Environment: a part of a Render project that services belong to. */
import * as pulumi from "@pulumi/pulumi";
import type { ProtectedStatus } from "./project.ts";
import { VERSION } from "./version.ts";

/** Arguments of an environment. */
export interface EnvironmentArgs {
  /** Name of the environment, unique in its project. */
  name: pulumi.Input<string>;
  /** Id of the project (`prj-…`). A change replaces the environment. */
  projectId: pulumi.Input<string>;
  /** In a `protected` environment only admins may do what destroys something. `unprotected` by default. */
  protectedStatus?: pulumi.Input<ProtectedStatus>;
  /** Whether private network traffic from and to other environments is blocked. False by default. */
  networkIsolationEnabled?: pulumi.Input<boolean>;
}

/**
 * An environment of a Render project ("Render Public API", Environments).
 * It is not deleted while anything is in it: Render would delete that too.
 */
export class Environment extends pulumi.CustomResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly projectId: pulumi.Output<string>;
  declare readonly protectedStatus: pulumi.Output<ProtectedStatus>;
  declare readonly networkIsolationEnabled: pulumi.Output<boolean>;

  /** Declares an environment. */
  constructor(name: string, args: EnvironmentArgs, options?: pulumi.CustomResourceOptions) {
    super(
      "render:index:Environment",
      name,
      { protectedStatus: undefined, networkIsolationEnabled: undefined, ...args },
      pulumi.mergeOptions({ version: VERSION }, options),
    );
  }
}
