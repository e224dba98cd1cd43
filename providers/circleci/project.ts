/**
 * Project: a project with its advanced settings.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type { ProjectSettings, ProjectSettingsArgs } from "./types.ts";
import { VERSION } from "./version.ts";

/** Arguments of a project. */
export interface ProjectArgs {
  /**
   * Slug of the project: `gh/<organization>/<repository>`, or `circleci/<id>/<id>` for a GitHub App project that
   * was imported. The name of another repository in it is a rename, which CircleCI takes over by itself: the
   * project stays. Any other change replaces the project.
   */
  slug?: pulumi.Input<string>;
  /**
   * For a new GitHub App project instead of slug: slug (`circleci/<id>`) or id of its organization. A change
   * replaces the project.
   */
  organization?: pulumi.Input<string>;
  /** For a new GitHub App project instead of slug: its name. A change replaces the project. */
  name?: pulumi.Input<string>;
  /** Advanced settings; all of them are enforced, with the defaults named there. */
  settings?: pulumi.Input<ProjectSettingsArgs>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  slug: undefined,
  organization: undefined,
  name: undefined,
  settings: undefined,
  projectId: undefined,
  organizationId: undefined,
  organizationName: undefined,
  organizationSlug: undefined,
  vcsUrl: undefined,
  defaultBranch: undefined,
};

/**
 * A project with its advanced settings (CircleCI API v2, Project): a repository of an OAuth organization, followed
 * (CircleCI API v1.1), or a project of a GitHub App organization. Deleting it takes its variables, keys and build
 * history from CircleCI and leaves the repository; `retainOnDelete` leaves all. Import by slug: `gh/acme/site`.
 */
export class Project extends pulumi.CustomResource {
  /** Slug of the project. */
  declare readonly slug: pulumi.Output<string>;
  /**
   * For a new GitHub App project instead of slug: slug (`circleci/<id>`) or id of its organization. A change
   * replaces the project.
   */
  declare readonly organization: pulumi.Output<string | undefined>;
  /** Name of the project: the repository's, in an OAuth organization. */
  declare readonly name: pulumi.Output<string>;
  /** Advanced settings; all of them are enforced, with the defaults named there. */
  declare readonly settings: pulumi.Output<ProjectSettings>;
  /** Id of the project, a UUID. */
  declare readonly projectId: pulumi.Output<string>;
  /** Id of its organization, a UUID. */
  declare readonly organizationId: pulumi.Output<string>;
  /** Name of its organization. */
  declare readonly organizationName: pulumi.Output<string>;
  /** Slug of its organization. */
  declare readonly organizationSlug: pulumi.Output<string>;
  /** Address of the repository. */
  declare readonly vcsUrl: pulumi.Output<string>;
  /** Branch that the repository calls its default. */
  declare readonly defaultBranch: pulumi.Output<string>;

  /** Declares a project. */
  constructor(name: string, args: ProjectArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args };
    const own = { version: VERSION };
    super("circleci:index:Project", name, properties, pulumi.mergeOptions(own, options));
  }
}
