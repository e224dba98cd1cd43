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
  /** Whether builds of forks get the project's variables and keys. Default false. */
  forksReceiveSecretEnvVars?: pulumi.Input<boolean>;
  /** Whether GitHub is told the state of each job: required checks wait for it. Default true. */
  setGithubStatus?: pulumi.Input<boolean>;
  /** Whether a setup workflow may generate the rest of the pipeline. Default false. */
  setupWorkflows?: pulumi.Input<boolean>;
  /** Whether only administrators may change these settings. Default true. */
  writeSettingsRequiresAdmin?: pulumi.Input<boolean>;
}

/** Arguments of a project. */
export interface ProjectArgs {
  /** Slug of the project: `gh/<organization>/<repository>`. A change replaces the project. */
  slug: pulumi.Input<string>;
  /** Advanced settings; all of them are enforced, with the defaults named there. */
  settings?: pulumi.Input<ProjectSettings>;
}

/** A project that CircleCI follows ("CircleCI API v2", Project; following: "CircleCI API v1.1"). */
export class Project extends pulumi.CustomResource {
  declare readonly slug: pulumi.Output<string>;
  declare readonly settings: pulumi.Output<ProjectSettings>;
  /** Name of the project: the repository's. */
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
      name: undefined,
      projectId: undefined,
      organizationId: undefined,
      organizationName: undefined,
      organizationSlug: undefined,
      vcsUrl: undefined,
      defaultBranch: undefined,
    };
    super("circleci:index:Project", name, { ...args, ...known }, pulumi.mergeOptions({ version: VERSION }, options));
  }
}
