/**
 * Types of the resources' properties.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import type * as pulumi from "@pulumi/pulumi";

/** Advanced settings; all of them are enforced, with the defaults named there. */
export interface ProjectSettingsArgs {
  /** Whether a newer push cancels the running pipeline of its branch. Default `true`. */
  autocancelBuilds?: pulumi.Input<boolean>;
  /** Whether pull requests from forks are built. Default `false`. */
  buildForkPrs?: pulumi.Input<boolean>;
  /** Whether only branches with a pull request are built. Default `false`. */
  buildPrsOnly?: pulumi.Input<boolean>;
  /** Whether re-running a job with SSH is refused. Default `false`. */
  disableSsh?: pulumi.Input<boolean>;
  /** Whether builds of forks get the project's variables and keys. Not for GitHub App projects. Default `false`. */
  forksReceiveSecretEnvVars?: pulumi.Input<boolean>;
  /** Whether everybody may see the builds of a public repository. Not for GitHub App projects. Default `false`. */
  oss?: pulumi.Input<boolean>;
  /** Whether GitHub is told the state of each job: required checks wait for it. Default `true`. */
  setGithubStatus?: pulumi.Input<boolean>;
  /** Whether a setup workflow may generate the rest of the pipeline. Default `false`. */
  setupWorkflows?: pulumi.Input<boolean>;
  /** Whether only administrators may change these settings. Default `true`. */
  writeSettingsRequiresAdmin?: pulumi.Input<boolean>;
  /** With buildPrsOnly, branches that are built all the same. Left as they are when absent. */
  prOnlyBranchOverrides?: pulumi.Input<pulumi.Input<string>[]>;
}

/** As the service has it: advanced settings; all of them are enforced, with the defaults named there. */
export interface ProjectSettings {
  /** Whether a newer push cancels the running pipeline of its branch. */
  readonly autocancelBuilds: boolean;
  /** Whether pull requests from forks are built. */
  readonly buildForkPrs: boolean;
  /** Whether only branches with a pull request are built. */
  readonly buildPrsOnly: boolean;
  /** Whether re-running a job with SSH is refused. */
  readonly disableSsh: boolean;
  /** Whether builds of forks get the project's variables and keys. Not for GitHub App projects. */
  readonly forksReceiveSecretEnvVars: boolean;
  /** Whether everybody may see the builds of a public repository. Not for GitHub App projects. */
  readonly oss: boolean;
  /** Whether GitHub is told the state of each job: required checks wait for it. */
  readonly setGithubStatus: boolean;
  /** Whether a setup workflow may generate the rest of the pipeline. */
  readonly setupWorkflows: boolean;
  /** Whether only administrators may change these settings. */
  readonly writeSettingsRequiresAdmin: boolean;
  /** With buildPrsOnly, branches that are built all the same. Left as they are when absent. */
  readonly prOnlyBranchOverrides?: string[];
}

/** What CheckoutKeyType can be. */
export type CheckoutKeyType = "deploy-key" | "user-key";

/** What ContextRestrictionType can be. */
export type ContextRestrictionType = "project" | "expression" | "group";

/** What PipelineDefinitionConfigSourceProvider can be. */
export type PipelineDefinitionConfigSourceProvider = "github_app" | "circleci";

/** Where the pipeline's configuration is. */
export interface PipelineDefinitionConfigSourceArgs {
  /**
   * Whether the configuration is in a repository or kept by CircleCI. A change replaces the definition. Default
   * `github_app`.
   */
  provider?: pulumi.Input<PipelineDefinitionConfigSourceProvider>;
  /** With github_app: GitHub's numeric id of the repository, as text. A change replaces the definition. */
  repositoryId?: pulumi.Input<string>;
  /** Path of the configuration. Default `.circleci/config.yml`. */
  filePath?: pulumi.Input<string>;
}

/** As the service has it: where the pipeline's configuration is. */
export interface PipelineDefinitionConfigSource {
  /** Whether the configuration is in a repository or kept by CircleCI. A change replaces the definition. */
  readonly provider: PipelineDefinitionConfigSourceProvider;
  /** With github_app: GitHub's numeric id of the repository, as text. A change replaces the definition. */
  readonly repositoryId?: string;
  /** Path of the configuration. */
  readonly filePath: string;
}

/** What the pipeline checks out. */
export interface PipelineDefinitionCheckoutSourceArgs {
  /** GitHub's numeric id of the repository, as text. */
  repositoryId: pulumi.Input<string>;
}

/** As the service has it: what the pipeline checks out. */
export interface PipelineDefinitionCheckoutSource {
  /** GitHub's numeric id of the repository, as text. */
  readonly repositoryId: string;
}

/** What TriggerProvider can be. */
export type TriggerProvider = "github_app" | "webhook";

/** What EventPreset can be. */
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
