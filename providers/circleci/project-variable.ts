/** ProjectVariable: an environment variable of a project. */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Arguments of a variable of a project. */
export interface ProjectVariableArgs {
  /** Slug of the project (`gh/acme/site`). A change replaces the variable. */
  project: pulumi.Input<string>;
  /** Name of the variable. A change replaces the variable: the old name goes first. */
  name: pulumi.Input<string>;
  /** Its value, always secret. CircleCI shows at most its last four characters; a change of it is written in place. */
  value: pulumi.Input<string>;
}

/**
 * An environment variable of a project, for all its jobs ("CircleCI API v2", Project). A value written elsewhere is
 * seen by its last four characters and its time, and written again by the next update.
 */
export class ProjectVariable extends pulumi.CustomResource {
  declare readonly project: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly value: pulumi.Output<string>;
  /** Its value as CircleCI shows it, secret. */
  declare readonly maskedValue: pulumi.Output<string>;
  /** When it was last written, ISO 8601, where CircleCI says so. */
  declare readonly createdAt: pulumi.Output<string | undefined>;

  /** Declares a variable of a project. */
  constructor(name: string, args: ProjectVariableArgs, options?: pulumi.CustomResourceOptions) {
    super(
      "circleci:index:ProjectVariable",
      name,
      { ...args, value: pulumi.secret(args.value), maskedValue: undefined, createdAt: undefined },
      pulumi.mergeOptions({ version: VERSION, additionalSecretOutputs: ["value", "maskedValue"] }, options),
    );
  }
}
