/**
 * Trigger: a trigger of a pipeline definition in a GitHub App project.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type { EventPreset, TriggerProvider } from "./types.ts";
import { VERSION } from "./version.ts";

/** Arguments of a trigger. */
export interface TriggerArgs {
  /** Id of the project, a UUID. A change replaces the trigger. */
  projectId: pulumi.Input<string>;
  /** Id of the pipeline definition that it starts. A change replaces the trigger. */
  definitionId: pulumi.Input<string>;
  /** Where the events come from. A change replaces the trigger. Default `github_app`. */
  provider?: pulumi.Input<TriggerProvider>;
  /** With github_app: GitHub's numeric id of the repository whose events count. A change replaces the trigger. */
  repositoryId?: pulumi.Input<string>;
  /** With github_app: which events start the pipeline. */
  eventPreset?: pulumi.Input<EventPreset>;
  /** Branch or tag to check out; where the event's repository is the one that is checked out, not given. */
  checkoutRef?: pulumi.Input<string>;
  /** Branch or tag of the configuration; where the event's repository holds it, not given. */
  configRef?: pulumi.Input<string>;
  /** With webhook: name of the event. */
  eventName?: pulumi.Input<string>;
  /** With webhook: who sends it. */
  sender?: pulumi.Input<string>;
  /** With webhook: whether the trigger is switched off. Default `false`. */
  disabled?: pulumi.Input<boolean>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  projectId: undefined,
  definitionId: undefined,
  provider: undefined,
  repositoryId: undefined,
  eventPreset: undefined,
  checkoutRef: undefined,
  configRef: undefined,
  eventName: undefined,
  sender: undefined,
  disabled: undefined,
  triggerId: undefined,
  createdAt: undefined,
  webhookUrl: undefined,
};

/**
 * A trigger of a pipeline definition in a GitHub App project (CircleCI API v2, Trigger). Import by project,
 * definition and trigger: `<project id>/<definition id>/<trigger id>`.
 */
export class Trigger extends pulumi.CustomResource {
  /** Id of the project, a UUID. A change replaces the trigger. */
  declare readonly projectId: pulumi.Output<string>;
  /** Id of the pipeline definition that it starts. A change replaces the trigger. */
  declare readonly definitionId: pulumi.Output<string>;
  /** Where the events come from. A change replaces the trigger. */
  declare readonly provider: pulumi.Output<TriggerProvider>;
  /** With github_app: GitHub's numeric id of the repository whose events count. A change replaces the trigger. */
  declare readonly repositoryId: pulumi.Output<string | undefined>;
  /** With github_app: which events start the pipeline. */
  declare readonly eventPreset: pulumi.Output<EventPreset | undefined>;
  /** Branch or tag to check out; where the event's repository is the one that is checked out, not given. */
  declare readonly checkoutRef: pulumi.Output<string | undefined>;
  /** Branch or tag of the configuration; where the event's repository holds it, not given. */
  declare readonly configRef: pulumi.Output<string | undefined>;
  /** With webhook: name of the event. */
  declare readonly eventName: pulumi.Output<string | undefined>;
  /** With webhook: who sends it. */
  declare readonly sender: pulumi.Output<string | undefined>;
  /** With webhook: whether the trigger is switched off. */
  declare readonly disabled: pulumi.Output<boolean>;
  /** Id of the trigger, a UUID. */
  declare readonly triggerId: pulumi.Output<string>;
  /** When it was made, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** With webhook: where to send events. Whoever knows it can start pipelines. */
  declare readonly webhookUrl: pulumi.Output<string | undefined>;

  /** Declares a trigger. */
  constructor(name: string, args: TriggerArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args };
    const own = { version: VERSION, additionalSecretOutputs: ["webhookUrl"] };
    super("circleci:index:Trigger", name, properties, pulumi.mergeOptions(own, options));
  }
}
