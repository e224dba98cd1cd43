/** Project: a group of environments on Render. */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Whether only admins may do what destroys something. */
export type ProtectedStatus = "unprotected" | "protected";

/** An environment that is declared with its project. */
export interface ProjectEnvironmentArgs {
  /** Name of the environment, unique in its project. */
  name: pulumi.Input<string>;
  /** In a `protected` environment only admins may do what destroys something. `unprotected` by default. */
  protectedStatus?: pulumi.Input<ProtectedStatus>;
  /** Whether private network traffic from and to other environments is blocked. False by default. */
  networkIsolationEnabled?: pulumi.Input<boolean>;
}

/** Arguments of a project. */
export interface ProjectArgs {
  /** Name of the project, unique in its workspace. */
  name: pulumi.Input<string>;
  /** Id of the workspace (`tea-…`) that owns it. A change replaces the project. */
  ownerId: pulumi.Input<string>;
  /** Environments that are declared with the project, one at least. Others are left alone. */
  environments: pulumi.Input<pulumi.Input<ProjectEnvironmentArgs>[]>;
}

/** An environment as the state has it. */
export interface ProjectEnvironment {
  readonly name: string;
  readonly protectedStatus: ProtectedStatus;
  readonly networkIsolationEnabled: boolean;
}

/**
 * A project in a Render workspace ("Render Public API", Projects).
 * It is not deleted while anything is in one of its environments: Render would delete that too.
 */
export class Project extends pulumi.CustomResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly ownerId: pulumi.Output<string>;
  declare readonly environments: pulumi.Output<ProjectEnvironment[]>;
  /** Ids (`evm-…`) of the declared environments by name. */
  declare readonly environmentIds: pulumi.Output<Record<string, string>>;

  /** Declares a project. */
  constructor(name: string, args: ProjectArgs, options?: pulumi.CustomResourceOptions) {
    super(
      "render:index:Project",
      name,
      { ...args, environmentIds: undefined },
      pulumi.mergeOptions({ version: VERSION }, options),
    );
  }
}
