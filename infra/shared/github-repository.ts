/** The source: a GitHub repository, the files that the chain puts there, and the rules of its default branch. */
import { posix } from "node:path";
import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { setCommand } from "../../lib/configuration-problems.ts";
import { onStack } from "../../lib/stack-commands.ts";
import type { PartOf } from "../config.ts";
import type { PipelineFile } from "./circleci-config-yml.ts";
import { requireDelivery } from "./observed-pipeline.ts";
import { repositoryFile } from "./repository-file.ts";

type Settings = PartOf<"repository">;

/** Arguments of SourceRepository. */
export interface SourceRepositoryArgs {
  readonly settings: Settings;
  /** The pipeline whose file is written and whose checks are required; undefined when CircleCI is `off`. */
  readonly pipeline: PipelineFile | undefined;
  /** The default branch. */
  readonly branch: string;
  /** Content of the first Dockerfile, or of the one to compare with; undefined to leave it to the team. */
  readonly dockerfile: string | undefined;
  /** The application's folder in the repository, where its Dockerfile lies; by default the root. */
  readonly folder?: string;
}

/** A repository with its first files and a ruleset. */
export class SourceRepository extends pulumi.ComponentResource {
  readonly repositoryName: pulumi.Output<string>;
  readonly fullName: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: SourceRepositoryArgs, options?: pulumi.ComponentResourceOptions) {
    super("delivery:shared:SourceRepository", name, {}, options);
    const { settings, dockerfile } = args;
    // The first commit is made with the repository, or never.
    const made = { parent: this, ignoreChanges: ["autoInit"] };
    const repository = new github.Repository(name, repositoryArgs(settings), made);
    // Replaced on a rename, the one of the old name would switch the alerts off; GitHub redirects that name.
    const stays = { parent: this, ignoreChanges: ["repository"] };
    const alerts = { repository: repository.name, enabled: settings.vulnerabilityAlerts };
    new github.RepositoryVulnerabilityAlerts(`${name}-vulnerability-alerts`, alerts, stays);
    const place = { repository: repository.name, configuredName: settings.name, branch: args.branch };
    const files: pulumi.Resource[] = [];
    if (args.pipeline && settings.pipelineFile !== "off") {
      const file = { ...place, file: ".circleci/config.yml", commitMessage: "Update the pipeline" };
      const fileArgs = { ...file, content: args.pipeline.yaml, keeping: settings.pipelineFile };
      const declared = repositoryFile(`${name}-pipeline-file`, fileArgs, this);
      if (settings.pipelineFile === "observed" && args.pipeline.delivery !== undefined)
        requireDelivery(declared.content, args.pipeline.delivery);
      files.push(declared);
    }
    if (dockerfile !== undefined && settings.dockerfile !== "off") {
      const path = posix.join(args.folder ?? ".", "Dockerfile");
      const file = { ...place, file: path, commitMessage: "Add a Dockerfile" };
      const fileArgs = { ...file, content: dockerfile, keeping: settings.dockerfile };
      files.push(repositoryFile(`${name}-dockerfile`, fileArgs, this));
    }
    // Nobody here knows the jobs of a file that the team writes.
    const own = settings.pipelineFile === "managed" ? args.pipeline?.requiredChecks : undefined;
    if (settings.ruleset) {
      const rules = rulesetArgs(
        repository.name,
        settings,
        settings.ruleset,
        settings.ruleset.requiredChecks ?? own ?? [],
      );
      // After the files, so that the first commits need no pull request.
      new github.RepositoryRuleset(`${name}-ruleset`, rules, { parent: this, dependsOn: files });
    }
    warnOfOtherBranch(repository, args.branch);
    this.repositoryName = repository.name;
    this.fullName = repository.fullName.apply((fullName) => calledBy(settings.name, fullName));
    this.url = repository.htmlUrl.apply((url) => calledBy(settings.name, url));
    this.registerOutputs({ repositoryName: this.repositoryName, fullName: this.fullName, url: this.url });
  }
}

/** A full name or address with the declared name at its end: before an update that renames, GitHub's plugin gives the old. */
function calledBy(name: string, path: string): string {
  return path.replace(/[^/]*$/, name);
}

/** GitHub puts files and rules on its default branch; the pipeline delivers the one that the configuration names. */
function warnOfOtherBranch(repository: github.Repository, branch: string): void {
  pulumi.all([repository.fullName, repository.defaultBranch]).apply(([fullName, defaultBranch]) => {
    if (!fullName || !defaultBranch || defaultBranch === branch) return;
    const found = `The default branch of ${fullName} is ${defaultBranch}, and delivery:pipeline.branch is ${branch}`;
    const mend = onStack(setCommand("delivery:pipeline.branch", defaultBranch), pulumi.getStack());
    void pulumi.log.warn(
      `${found}: files and rules go to the first, and CircleCI delivers the second. ${mend}`,
      repository,
    );
  });
}

function repositoryArgs(settings: Settings): github.RepositoryArgs {
  const { name, description, visibility, topics, mergeMethods, autoMerge, deleteBranchOnMerge } = settings;
  const scanning = { status: settings.secretScanning ? "enabled" : "disabled" };
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
    ...(settings.secretScanning !== undefined && {
      securityAndAnalysis: { secretScanning: scanning, secretScanningPushProtection: scanning },
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
