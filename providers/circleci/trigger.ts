/** Trigger: which events start a pipeline of a GitHub App project. */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Which events of a repository start the pipeline. */
export type EventPreset =
  | "all-pushes"
  | "only-tags"
  | "default-branch-pushes"
  | "only-build-prs"
  | "only-open-prs"
  | "only-labeled-prs"
  | "only-merged-prs"
  | "only-ready-for-review-prs"
  | "only-branch-delete"
  | "only-build-pushes-to-non-draft-prs"
  | "only-merged-or-closed-prs";

/** Arguments of a trigger. */
export interface TriggerArgs {
  /** Id of the project, a UUID. A change replaces the trigger. */
  projectId: pulumi.Input<string>;
  /** Id of the pipeline definition that it starts. A change replaces the trigger. */
  definitionId: pulumi.Input<string>;
  /** Where the events come from: a repository (the default) or a webhook. A change replaces the trigger. */
  provider?: pulumi.Input<"github_app" | "webhook">;
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
  /** With webhook: whether the trigger is switched off. Default false. */
  disabled?: pulumi.Input<boolean>;
}

/** A trigger of a pipeline definition ("CircleCI API v2", Trigger). */
export class Trigger extends pulumi.CustomResource {
  declare readonly projectId: pulumi.Output<string>;
  declare readonly definitionId: pulumi.Output<string>;
  declare readonly provider: pulumi.Output<"github_app" | "webhook">;
  declare readonly repositoryId: pulumi.Output<string | undefined>;
  declare readonly eventPreset: pulumi.Output<EventPreset | undefined>;
  declare readonly checkoutRef: pulumi.Output<string | undefined>;
  declare readonly configRef: pulumi.Output<string | undefined>;
  declare readonly eventName: pulumi.Output<string | undefined>;
  declare readonly sender: pulumi.Output<string | undefined>;
  declare readonly disabled: pulumi.Output<boolean>;
  /** Id of the trigger, a UUID. */
  declare readonly triggerId: pulumi.Output<string>;
  /** When it was made, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** With webhook: where to send events. Whoever knows it can start pipelines, so it is secret. */
  declare readonly webhookUrl: pulumi.Output<string | undefined>;

  /** Declares a trigger. */
  constructor(name: string, args: TriggerArgs, options?: pulumi.CustomResourceOptions) {
    const known = {
      provider: undefined,
      repositoryId: undefined,
      eventPreset: undefined,
      checkoutRef: undefined,
      configRef: undefined,
      eventName: undefined,
      sender: undefined,
      disabled: undefined,
      ...args,
      triggerId: undefined,
      createdAt: undefined,
      webhookUrl: undefined,
    };
    const own = { version: VERSION, additionalSecretOutputs: ["webhookUrl"] };
    super("circleci:index:Trigger", name, known, pulumi.mergeOptions(own, options));
  }
}
