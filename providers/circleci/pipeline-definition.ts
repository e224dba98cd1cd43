/**
 * PipelineDefinition: a pipeline definition of a GitHub App project.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type {
  PipelineDefinitionCheckoutSource,
  PipelineDefinitionCheckoutSourceArgs,
  PipelineDefinitionConfigSource,
  PipelineDefinitionConfigSourceArgs,
} from "./types.ts";
import { VERSION } from "./version.ts";

/** Arguments of a pipeline definition. */
export interface PipelineDefinitionArgs {
  /** Id of the project, a UUID. A change replaces the definition. */
  projectId: pulumi.Input<string>;
  /** Name of the definition, unique in its project. */
  name: pulumi.Input<string>;
  /** What the pipeline is for. */
  description?: pulumi.Input<string>;
  /** Where the pipeline's configuration is. */
  configSource: pulumi.Input<PipelineDefinitionConfigSourceArgs>;
  /** What the pipeline checks out. */
  checkoutSource: pulumi.Input<PipelineDefinitionCheckoutSourceArgs>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  projectId: undefined,
  name: undefined,
  description: undefined,
  configSource: undefined,
  checkoutSource: undefined,
  definitionId: undefined,
  createdAt: undefined,
};

/**
 * A pipeline definition of a GitHub App project (CircleCI API v2, Pipeline definition): where the configuration is
 * and what is checked out. Triggers start it. Import by project and definition: `<project id>/<definition id>`.
 */
export class PipelineDefinition extends pulumi.CustomResource {
  /** Id of the project, a UUID. A change replaces the definition. */
  declare readonly projectId: pulumi.Output<string>;
  /** Name of the definition, unique in its project. */
  declare readonly name: pulumi.Output<string>;
  /** What the pipeline is for. */
  declare readonly description: pulumi.Output<string>;
  /** Where the pipeline's configuration is. */
  declare readonly configSource: pulumi.Output<PipelineDefinitionConfigSource>;
  /** What the pipeline checks out. */
  declare readonly checkoutSource: pulumi.Output<PipelineDefinitionCheckoutSource>;
  /** Id of the definition, a UUID. */
  declare readonly definitionId: pulumi.Output<string>;
  /** When it was made, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;

  /** Declares a pipeline definition. */
  constructor(name: string, args: PipelineDefinitionArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args };
    const own = { version: VERSION };
    super("circleci:index:PipelineDefinition", name, properties, pulumi.mergeOptions(own, options));
  }
}
