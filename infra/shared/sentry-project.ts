/** Where the application's errors go: a Sentry project and the team that owns it. */
import * as pulumi from "@pulumi/pulumi";
import * as sentry from "@pulumiverse/sentry";
import type { PartOf } from "../config.ts";

/** Sentry adds a key named Default and an alert of its own to every new project; both are left alone. */
export class ErrorProject extends pulumi.ComponentResource {
  readonly organization: pulumi.Output<string>;
  /** Slug of the project. */
  readonly project: pulumi.Output<string>;

  constructor(name: string, settings: PartOf<"errors">, options?: pulumi.ComponentResourceOptions) {
    super("delivery:shared:ErrorProject", name, {}, options);
    const { organization, platform } = settings;
    const named = (slug: string) => ({ organization, name: slug, slug });
    const team = new sentry.SentryTeam(`${name}-team`, named(settings.team), { parent: this });
    const projectArgs = { ...named(settings.project), teams: [team.slug], platform };
    const project = new sentry.SentryProject(`${name}-project`, projectArgs, { parent: this });
    this.organization = project.organization;
    this.project = project.slug;
    this.registerOutputs({ organization: this.organization, project: this.project });
  }
}
