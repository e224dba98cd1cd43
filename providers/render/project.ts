/**
 * Project: a project in a Render workspace, with its environments.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type { ProjectEnvironment, ProjectEnvironmentArgs } from "./types.ts";
import { VERSION } from "./version.ts";

/** Arguments of a project. */
export interface ProjectArgs {
  /** Name of the project, unique in its workspace. */
  name: pulumi.Input<string>;
  /** Id of the workspace (`tea-…`) that owns it. A change replaces the project. */
  ownerId: pulumi.Input<string>;
  /** Environments that are declared with the project, one at least. Others are left alone. */
  environments: pulumi.Input<pulumi.Input<ProjectEnvironmentArgs>[]>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  name: undefined,
  ownerId: undefined,
  environments: undefined,
  environmentIds: undefined,
};

/**
 * A project in a Render workspace, with its environments (Render Public API, Projects). It is not deleted while
 * anything is in one of them. Import by id (`prj-…`) or name.
 */
export class Project extends pulumi.CustomResource {
  /** Name of the project, unique in its workspace. */
  declare readonly name: pulumi.Output<string>;
  /** Id of the workspace (`tea-…`) that owns it. A change replaces the project. */
  declare readonly ownerId: pulumi.Output<string>;
  /** Environments that are declared with the project, one at least. Others are left alone. */
  declare readonly environments: pulumi.Output<ProjectEnvironment[]>;
  /** Ids (`evm-…`) of the declared environments by name. */
  declare readonly environmentIds: pulumi.Output<Record<string, string>>;

  /** Declares a project. */
  constructor(name: string, args: ProjectArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args };
    const own = { version: VERSION };
    super("render:index:Project", name, properties, pulumi.mergeOptions(own, options));
  }
}
