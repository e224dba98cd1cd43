/** The pipeline's project: CircleCI follows the repository, with settings that leak nothing to forks. */
import * as pulumi from "@pulumi/pulumi";
import * as circleci from "../../providers/circleci/index.ts";

/** Arguments of CiProject. */
export interface CiProjectArgs {
  /** CircleCI's slug of the organization, e.g. gh/acme. */
  readonly organization: string;
  readonly repositoryName: pulumi.Input<string>;
}

/** A followed project. */
export class CiProject extends pulumi.ComponentResource {
  /** CircleCI's slug of the project, e.g. gh/acme/site. */
  readonly slug: pulumi.Output<string>;
  /** CircleCI's slug of the organization. */
  readonly organization: string;
  /** CircleCI's id of the project. */
  readonly projectId: pulumi.Output<string>;

  constructor(name: string, args: CiProjectArgs, options?: pulumi.ComponentResourceOptions) {
    super("delivery:shared:CiProject", name, {}, options);
    const slug = pulumi.interpolate`${args.organization}/${args.repositoryName}`;
    const settings = { setGithubStatus: true, buildForkPrs: true, forksReceiveSecretEnvVars: false };
    const project = new circleci.Project(name, { slug, settings }, { parent: this });
    this.slug = project.slug;
    this.organization = args.organization;
    this.projectId = project.projectId;
    this.registerOutputs({ slug: this.slug, projectId: this.projectId });
  }
}
