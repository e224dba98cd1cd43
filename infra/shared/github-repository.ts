/** The source: a GitHub repository, the files that the chain puts there, and the rules of its default branch. */
import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import type { PartOf } from "../config.ts";
import type { PipelineFile } from "./circleci-config-yml.ts";

type Settings = PartOf<"repository">;

/** Arguments of SourceRepository. */
export interface SourceRepositoryArgs {
  readonly settings: Settings;
  /** The pipeline whose file is written and whose checks are required; undefined when CircleCI is `off`. */
  readonly pipeline: PipelineFile | undefined;
  /** Content of the first Dockerfile; undefined to leave it to the team from the start. */
  readonly dockerfile: string | undefined;
}

/** A repository with its first files and a ruleset. */
export class SourceRepository extends pulumi.ComponentResource {
  readonly repositoryName: pulumi.Output<string>;
  readonly fullName: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: SourceRepositoryArgs, options?: pulumi.ComponentResourceOptions) {
    super("delivery:shared:SourceRepository", name, {}, options);
    const { settings, dockerfile } = args;
    const repository = new github.Repository(name, repositoryArgs(settings), { parent: this });
    const files: pulumi.Resource[] = [];
    // Nobody here knows the jobs of a file that the team writes.
    const pipeline = settings.pipelineFile === "managed" ? args.pipeline : undefined;
    if (pipeline) {
      const file = { file: ".circleci/config.yml", content: pipeline.yaml, commitMessage: "Update the pipeline" };
      const fileArgs = { repository: repository.name, ...file };
      files.push(new github.RepositoryFile(`${name}-pipeline-file`, fileArgs, { parent: this }));
    }
    if (dockerfile !== undefined) {
      const file = { file: "Dockerfile", content: dockerfile, commitMessage: "Add a Dockerfile" };
      // Once it is there it is the team's.
      const seeded = { parent: this, ignoreChanges: ["content", "commitMessage"], retainOnDelete: true };
      files.push(new github.RepositoryFile(`${name}-dockerfile`, { repository: repository.name, ...file }, seeded));
    }
    if (settings.ruleset) {
      const rules = rulesetArgs(repository.name, settings, settings.ruleset, pipeline?.requiredChecks ?? []);
      // After the files, so that the first commits need no pull request.
      new github.RepositoryRuleset(`${name}-ruleset`, rules, { parent: this, dependsOn: files });
    }
    this.repositoryName = repository.name;
    this.fullName = repository.fullName;
    this.url = repository.htmlUrl;
    this.registerOutputs({ repositoryName: this.repositoryName, fullName: this.fullName, url: this.url });
  }
}

function repositoryArgs(settings: Settings): github.RepositoryArgs {
  const { name, description, visibility, topics, mergeMethods, autoMerge, deleteBranchOnMerge } = settings;
  const enabled = { status: "enabled" };
  return {
    name,
    description,
    visibility,
    topics,
    // A repository without a commit has no branch to put a file on.
    autoInit: true,
    hasIssues: true,
    allowMergeCommit: mergeMethods.includes("merge"),
    allowSquashMerge: mergeMethods.includes("squash"),
    allowRebaseMerge: mergeMethods.includes("rebase"),
    allowAutoMerge: autoMerge,
    deleteBranchOnMerge,
    vulnerabilityAlerts: settings.vulnerabilityAlerts,
    ...(settings.secretScanning && {
      securityAndAnalysis: { secretScanning: enabled, secretScanningPushProtection: enabled },
    }),
  };
}

function rulesetArgs(
  repository: pulumi.Input<string>,
  { mergeMethods }: Settings,
  ruleset: NonNullable<Settings["ruleset"]>,
  requiredChecks: readonly string[],
): github.RepositoryRulesetArgs {
  return {
    name: "default-branch",
    repository,
    target: "branch",
    enforcement: "active",
    conditions: { refName: { includes: ["~DEFAULT_BRANCH"], excludes: [] } },
    bypassActors: ruleset.bypass.map((actor) => ({ ...actor, bypassMode: "always" })),
    rules: {
      deletion: true,
      nonFastForward: true,
      requiredLinearHistory: ruleset.linearHistory,
      pullRequest: {
        allowedMergeMethods: mergeMethods,
        requiredApprovingReviewCount: ruleset.reviews,
        requireCodeOwnerReview: ruleset.codeOwners,
        dismissStaleReviewsOnPush: true,
      },
      // GitHub refuses an empty list.
      ...(requiredChecks.length > 0 && {
        requiredStatusChecks: {
          requiredChecks: requiredChecks.map((context) => ({ context })),
          strictRequiredStatusChecksPolicy: ruleset.strictChecks,
        },
      }),
    },
  };
}
