/**
 * ProjectVariable: an environment variable of a project, for all its jobs.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Arguments of a project variable. */
export interface ProjectVariableArgs {
  /** Slug of the project (`gh/acme/site`). A change replaces the variable. */
  project: pulumi.Input<string>;
  /** Name of the variable. A change replaces the variable: the old name goes first. */
  name: pulumi.Input<string>;
  /** Its value. CircleCI shows at most its last four characters; a change of it is written in place. */
  value: pulumi.Input<string>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  project: undefined,
  name: undefined,
  value: undefined,
  maskedValue: undefined,
  createdAt: undefined,
};

/**
 * An environment variable of a project, for all its jobs (CircleCI API v2, Project). Its value is never shown in
 * full: that somebody else wrote it is seen by its last four characters and its time, and the next update writes
 * the declared value again; another value with the same end, written in a way that keeps the time, is not seen.
 * Import by project and name: `gh/acme/site/<name>`; an import takes the declared value for the one that is there.
 */
export class ProjectVariable extends pulumi.CustomResource {
  /** Slug of the project (`gh/acme/site`). A change replaces the variable. */
  declare readonly project: pulumi.Output<string>;
  /** Name of the variable. A change replaces the variable: the old name goes first. */
  declare readonly name: pulumi.Output<string>;
  /** Its value as declared; absent after an import. */
  declare readonly value: pulumi.Output<string | undefined>;
  /** Its value as CircleCI shows it. */
  declare readonly maskedValue: pulumi.Output<string>;
  /** When it was last written, ISO 8601, where CircleCI says so. */
  declare readonly createdAt: pulumi.Output<string | undefined>;

  /** Declares a project variable. */
  constructor(name: string, args: ProjectVariableArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args, value: pulumi.secret(args.value) };
    const own = { version: VERSION, additionalSecretOutputs: ["value", "maskedValue"] };
    super("circleci:index:ProjectVariable", name, properties, pulumi.mergeOptions(own, options));
  }
}
