/** PipelineDefinition: what a GitHub App project runs. */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Where a pipeline's configuration is. */
export interface PipelineConfigSource {
  /** In a repository (the default) or kept by CircleCI. A change replaces the definition. */
  provider?: pulumi.Input<"github_app" | "circleci">;
  /** With github_app: GitHub's numeric id of the repository, as text. A change replaces the definition. */
  repositoryId?: pulumi.Input<string>;
  /** Path of the configuration. Default `.circleci/config.yml`. */
  filePath?: pulumi.Input<string>;
}

/** What a pipeline checks out. */
export interface PipelineCheckoutSource {
  /** GitHub's numeric id of the repository, as text. */
  repositoryId: pulumi.Input<string>;
}

/** Arguments of a pipeline definition. */
export interface PipelineDefinitionArgs {
  /** Id of the project, a UUID. A change replaces the definition. */
  projectId: pulumi.Input<string>;
  /** Name of the definition, unique in its project. */
  name: pulumi.Input<string>;
  /** What the pipeline is for. */
  description?: pulumi.Input<string>;
  /** Where the pipeline's configuration is. */
  configSource: pulumi.Input<PipelineConfigSource>;
  /** What the pipeline checks out. */
  checkoutSource: pulumi.Input<PipelineCheckoutSource>;
}

/**
 * A pipeline definition of a GitHub App project ("CircleCI API v2", Pipeline definition): where the configuration is
 * and what is checked out. Triggers start it.
 */
export class PipelineDefinition extends pulumi.CustomResource {
  declare readonly projectId: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string>;
  declare readonly configSource: pulumi.Output<pulumi.Unwrap<PipelineConfigSource>>;
  declare readonly checkoutSource: pulumi.Output<pulumi.Unwrap<PipelineCheckoutSource>>;
  /** Id of the definition, a UUID. */
  declare readonly definitionId: pulumi.Output<string>;
  /** When it was made, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;

  /** Declares a pipeline definition. */
  constructor(name: string, args: PipelineDefinitionArgs, options?: pulumi.CustomResourceOptions) {
    super(
      "circleci:index:PipelineDefinition",
      name,
      { description: undefined, ...args, definitionId: undefined, createdAt: undefined },
      pulumi.mergeOptions({ version: VERSION }, options),
    );
  }
}
