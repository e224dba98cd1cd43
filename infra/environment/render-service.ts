/** The running site: a Render web service on the environment's image, in a Render environment of its own. */
import * as pulumi from "@pulumi/pulumi";
import * as render from "../../providers/render/index.ts";
import type { PartOf } from "../config.ts";
import { liveService } from "./live-service.ts";
import { Cache } from "./render-key-value.ts";
import { Database } from "./render-postgres.ts";
import { SECRET_KEY, siteVariables, type Urls, type VariableArgs } from "./site-variables.ts";

/** Arguments of Site. */
export interface SiteArgs extends VariableArgs {
  readonly settings: PartOf<"site">;
  /** The image to run, `repository:tag`. */
  readonly image: string;
  /** Who decides which tag runs: this program, or a pipeline, which is then left alone. */
  readonly imageManagement: render.ImageManagement;
  /** Id of the Render project; undefined when there is none. */
  readonly projectId: pulumi.Input<string> | undefined;
  /** Id of Render's registry credential; undefined for an image that needs no login. */
  readonly credentialId: pulumi.Input<string> | undefined;
  /** Settings of the site's own database; undefined when there is none. */
  readonly database: PartOf<"database"> | undefined;
  /** Settings of the site's own cache; undefined when there is none. */
  readonly cache: PartOf<"cache"> | undefined;
}

/** A Render web service, its environment when there is a project, its database and cache if it has them, and its domains. */
export class Site extends pulumi.ComponentResource {
  readonly serviceId: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  /** Id of the newest deploy. */
  readonly deployId: pulumi.Output<string | undefined>;
  /** Reference and digest of the image that serves. */
  readonly liveImage: pulumi.Output<string | undefined>;
  readonly liveDigest: pulumi.Output<string | undefined>;
  readonly database: Database | undefined;
  readonly cache: Cache | undefined;
  readonly domains: readonly render.CustomDomain[];

  constructor(name: string, args: SiteArgs, options?: pulumi.ComponentResourceOptions) {
    super("delivery:environment:Site", name, {}, options);
    const { environment, projectId, database, cache, settings } = args;
    const place = projectId
      ? new render.Environment(`${name}-environment`, { name: environment, projectId }, { parent: this })
      : undefined;
    const at = { site: settings, environmentId: place?.id };
    this.database = database && new Database("database", { settings: database, ...at }, { parent: this });
    this.cache = cache && new Cache("cache", { settings: cache, ...at }, { parent: this });
    const urls = { DATABASE_URL: this.database?.internalUrl, REDIS_URL: this.cache?.internalUrl };
    const service = new render.WebService(name, serviceArgs(args, place?.id, urls), { parent: this });
    this.domains = settings.domains.map(
      (domain) =>
        new render.CustomDomain(`${name}-${domain}`, { serviceId: service.id, name: domain }, { parent: this }),
    );
    this.serviceId = service.id;
    this.url = service.url;
    // The state knows the deploys of this program; a pipeline's are seen by asking.
    const live = args.imageManagement === "external" ? liveService(service.id, this) : service;
    this.deployId = live.deployId;
    this.liveImage = live.liveImage;
    this.liveDigest = live.liveDigest;
    this.registerOutputs({ serviceId: this.serviceId, url: this.url, deployId: this.deployId });
  }
}

function serviceArgs(
  args: SiteArgs,
  environmentId: pulumi.Input<string> | undefined,
  urls: Urls,
): render.WebServiceArgs {
  const { settings, image, imageManagement, credentialId } = args;
  return {
    name: settings.name,
    ownerId: settings.ownerId,
    region: settings.region,
    plan: settings.plan,
    image,
    imageManagement,
    environmentVariables: siteVariables(args, urls),
    healthCheckPath: settings.healthCheckPath,
    ...(settings.secretKey === "generate" && { generatedVariables: [SECRET_KEY] }),
    ...(settings.instances && { numInstances: settings.instances }),
    ...(settings.autoscaling && { autoscaling: autoscaling(settings.autoscaling) }),
    ...(settings.disk && {
      disk: { name: settings.name, mountPath: settings.disk.path, sizeGB: settings.disk.sizeGB },
    }),
    ...(settings.preDeployCommand && { preDeployCommand: settings.preDeployCommand }),
    ...(credentialId && { registryCredentialId: credentialId }),
    ...(environmentId && { environmentId }),
  };
}

function autoscaling({ min, max, cpu, memory }: NonNullable<PartOf<"site">["autoscaling"]>): render.AutoscalingArgs {
  return { min, max, ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
}
