/** The variables that the pipeline's jobs get, in a CircleCI context of the environment's own. */
import * as pulumi from "@pulumi/pulumi";
import * as circleci from "../../providers/circleci/index.ts";
import type { VariableAt } from "../variables.ts";

/** Arguments of CiContext. */
export interface CiContextArgs {
  readonly contextName: string;
  /** CircleCI's slug of the organization, e.g. gh/acme. */
  readonly organization: string;
  /** CircleCI's id of the one project whose jobs get the variables; undefined for every project of the organization. */
  readonly onlyProject: pulumi.Input<string> | undefined;
  /** What the pipeline takes from the context. */
  readonly names: readonly VariableAt<"context">[];
  /** What the environment has to offer. */
  readonly values: Readonly<Partial<Record<VariableAt<"context">, pulumi.Input<string> | undefined>>>;
}

/** A context, its variables, and who may use it. CircleCI's own group "All members" stays: both have to let a job in. */
export class CiContext extends pulumi.ComponentResource {
  readonly contextName: pulumi.Output<string>;

  constructor(name: string, args: CiContextArgs, options?: pulumi.ComponentResourceOptions) {
    super("delivery:environment:CiContext", name, {}, options);
    const context = new circleci.Context(
      name,
      { name: args.contextName, organization: args.organization },
      { parent: this },
    );
    if (args.onlyProject) {
      const restriction = { contextId: context.id, type: "project", value: args.onlyProject } as const;
      new circleci.ContextRestriction(`${name}-project`, restriction, { parent: this });
    }
    for (const variable of args.names) {
      const value = args.values[variable];
      if (value === undefined)
        throw new Error(`The pipeline takes ${variable} from its context, but nothing gives it.`);
      const variableArgs = { contextId: context.id, name: variable, value };
      new circleci.ContextVariable(`${name}-${variable}`, variableArgs, { parent: this });
    }
    this.contextName = context.name;
    this.registerOutputs({ contextName: this.contextName });
  }
}
