/** The running site: a Render web service on the environment's image. */
import * as pulumi from "@pulumi/pulumi";
import * as render from "../../providers/render/index.ts";
import type { Configuration, PartOf } from "../config.ts";

/** Arguments of Site. */
export interface SiteArgs {
  readonly settings: PartOf<"site">;
  readonly environment: string;
  /** The image to run, `repository:tag`. */
  readonly image: string;
  /** What Sentry calls this release: the image's tag. */
  readonly release: string;
  /** Id of Render's registry credential; undefined for an image that needs no login. */
  readonly credentialId: pulumi.Input<string> | undefined;
  /** Where errors are sent; undefined when Sentry is `off`. */
  readonly dsn: pulumi.Input<string> | undefined;
  readonly secretVariables: Configuration["secretVariables"];
}

/** A Render web service. */
export class Site extends pulumi.ComponentResource {
  readonly serviceId: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  /** Id of the newest deploy. */
  readonly deployId: pulumi.Output<string | undefined>;

  constructor(name: string, args: SiteArgs, options?: pulumi.ComponentResourceOptions) {
    super("delivery:environment:Site", name, {}, options);
    const service = new render.WebService(name, serviceArgs(args), { parent: this });
    this.serviceId = service.id;
    this.url = service.url;
    this.deployId = service.deployId;
    this.registerOutputs({ serviceId: this.serviceId, url: this.url, deployId: this.deployId });
  }
}

function serviceArgs(args: SiteArgs): render.WebServiceArgs {
  const { settings, image, credentialId } = args;
  return {
    name: settings.name,
    ownerId: settings.ownerId,
    region: settings.region,
    plan: settings.plan,
    image,
    environmentVariables: variables(args),
    healthCheckPath: settings.healthCheckPath,
    ...(settings.secretKey === "generate" && { generatedVariables: ["DJANGO_SECRET_KEY"] }),
    ...(settings.instances && { numInstances: settings.instances }),
    ...(settings.preDeployCommand && { preDeployCommand: settings.preDeployCommand }),
    ...(credentialId && { registryCredentialId: credentialId }),
  };
}

/** The site's own variables and those that the chain sets; invariants.ts sees to it that none is in both. */
function variables({ settings, environment, release, dsn, secretVariables }: SiteArgs) {
  return {
    ...settings.variables,
    ...secretVariables,
    PORT: "8000",
    SENTRY_ENVIRONMENT: environment,
    SENTRY_RELEASE: release,
    ...(dsn && { SENTRY_DSN: dsn }),
    ...(settings.hosts.length > 0 && { DJANGO_ALLOWED_HOSTS: settings.hosts.join(",") }),
  };
}
