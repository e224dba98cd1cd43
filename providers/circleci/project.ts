/** Project: a repository that CircleCI builds, with its advanced settings. */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Advanced settings of a project. What is left out takes the safe value named here, not CircleCI's own. */
export interface ProjectSettings {
  /** Whether a newer push cancels the running pipeline of its branch. Default true. */
  autocancelBuilds?: pulumi.Input<boolean>;
  /** Whether pull requests from forks are built. Default false. */
  buildForkPrs?: pulumi.Input<boolean>;
  /** Whether only branches with a pull request are built. Default false. */
  buildPrsOnly?: pulumi.Input<boolean>;
  /** Whether re-running a job with SSH is refused. Default false. */
  disableSsh?: pulumi.Input<boolean>;
  /** Whether builds of forks get the project's variables and keys. Not for GitHub App projects. Default false. */
  forksReceiveSecretEnvVars?: pulumi.Input<boolean>;
  /** Whether everybody may see the builds of a public repository. Not for GitHub App projects. Default false. */
  oss?: pulumi.Input<boolean>;
  /** Whether GitHub is told the state of each job: required checks wait for it. Default true. */
  setGithubStatus?: pulumi.Input<boolean>;
  /** Whether a setup workflow may generate the rest of the pipeline. Default false. */
  setupWorkflows?: pulumi.Input<boolean>;
  /** Whether only administrators may change these settings. Default true. */
  writeSettingsRequiresAdmin?: pulumi.Input<boolean>;
  /** With buildPrsOnly, branches that are built all the same. Left as they are when absent. */
  prOnlyBranchOverrides?: pulumi.Input<pulumi.Input<string>[]>;
}

/** Arguments of a project. */
export interface ProjectArgs {
  /**
   * Slug of the project: `gh/<organization>/<repository>`, or `circleci/<id>/<id>` for a GitHub App project that was
   * imported. A change replaces the project.
   */
  slug?: pulumi.Input<string>;
  /**
   * For a new GitHub App project instead of slug: slug (`circleci/<id>`) or id of its organization. A change replaces
   * the project.
   */
  organization?: pulumi.Input<string>;
  /** For a new GitHub App project instead of slug: its name. A change replaces the project. */
  name?: pulumi.Input<string>;
  /** Advanced settings; all of them are enforced, with the defaults named there. */
  settings?: pulumi.Input<ProjectSettings>;
}

/**
 * A project with its advanced settings ("CircleCI API v2", Project): a repository of an OAuth organization, followed
 * ("CircleCI API v1.1"), or a project of a GitHub App organization. Deleting it takes its variables, keys and build
 * history from CircleCI and leaves the repository; `retainOnDelete` leaves all.
 */
export class Project extends pulumi.CustomResource {
  declare readonly slug: pulumi.Output<string>;
  /** Organization, where it was declared instead of a slug. */
  declare readonly organization: pulumi.Output<string | undefined>;
  declare readonly settings: pulumi.Output<ProjectSettings>;
  /** Name of the project: the repository's, in an OAuth organization. */
  declare readonly name: pulumi.Output<string>;
  /** Id of the project, a UUID. */
  declare readonly projectId: pulumi.Output<string>;
  declare readonly organizationId: pulumi.Output<string>;
  declare readonly organizationName: pulumi.Output<string>;
  declare readonly organizationSlug: pulumi.Output<string>;
  /** Address of the repository. */
  declare readonly vcsUrl: pulumi.Output<string>;
  declare readonly defaultBranch: pulumi.Output<string>;

  /** Declares a project. */
  constructor(name: string, args: ProjectArgs, options?: pulumi.CustomResourceOptions) {
    const known = {
      slug: undefined,
      name: undefined,
      projectId: undefined,
      organizationId: undefined,
      organizationName: undefined,
      organizationSlug: undefined,
      vcsUrl: undefined,
      defaultBranch: undefined,
    };
    super("circleci:index:Project", name, { ...known, ...args }, pulumi.mergeOptions({ version: VERSION }, options));
  }
}
