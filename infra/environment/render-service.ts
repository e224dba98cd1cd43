/** The running site: a Render web service on the environment's image, in a Render environment of its own. */
import * as pulumi from "@pulumi/pulumi";
import * as render from "../../providers/render/index.ts";
import type { Configuration, PartOf } from "../config.ts";
import type { VariableAt } from "../variables.ts";
import { liveService } from "./live-service.ts";
import { Cache } from "./render-key-value.ts";
import { Database } from "./render-postgres.ts";

const SECRET_KEY = "DJANGO_SECRET_KEY" satisfies VariableAt<"site">;

/** Arguments of Site. */
export interface SiteArgs {
  readonly settings: PartOf<"site">;
  readonly environment: string;
  /** The port on which the image listens. */
  readonly port: number;
  /** DJANGO_SETTINGS_MODULE; undefined for what the image takes by default. */
  readonly settingsModule: string | undefined;
  /** The image to run, `repository:tag`. */
  readonly image: string;
  /** What Sentry calls this release: the image's tag; undefined when each image knows its own. */
  readonly release: string | undefined;
  /** Who decides which tag runs: this program, or a pipeline, which is then left alone. */
  readonly imageManagement: render.ImageManagement;
  /** Id of the Render project; undefined when there is none. */
  readonly projectId: pulumi.Input<string> | undefined;
  /** Id of Render's registry credential; undefined for an image that needs no login. */
  readonly credentialId: pulumi.Input<string> | undefined;
  /** Where errors are sent; undefined when Sentry is `off`. */
  readonly dsn: pulumi.Input<string> | undefined;
  readonly secretVariables: Configuration["secretVariables"];
  /** Settings of the site's own database; undefined when there is none. */
  readonly database: PartOf<"database"> | undefined;
  /** Settings of the site's own cache; undefined when there is none. */
  readonly cache: PartOf<"cache"> | undefined;
}

/** A Render web service, its environment when there is a project, its database and its cache if it has them. */
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

/** Where the site finds what it keeps data in. */
type Urls = Readonly<Record<"DATABASE_URL" | "REDIS_URL", pulumi.Input<string> | undefined>>;

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
    environmentVariables: variables(args, urls),
    healthCheckPath: settings.healthCheckPath,
    ...(settings.secretKey === "generate" && { generatedVariables: [SECRET_KEY] }),
    ...(settings.instances && { numInstances: settings.instances }),
    ...(settings.preDeployCommand && { preDeployCommand: settings.preDeployCommand }),
    ...(credentialId && { registryCredentialId: credentialId }),
    ...(environmentId && { environmentId }),
  };
}

/** The site's own variables and those that the chain sets; invariants.ts sees to it that none is in both. */
function variables(args: SiteArgs, urls: Urls) {
  const { settings, environment, port, settingsModule, release, dsn, secretVariables } = args;
  // Render makes the secret key, or the site has one.
  const own: Readonly<Record<Exclude<VariableAt<"site">, typeof SECRET_KEY>, pulumi.Input<string> | undefined>> = {
    PORT: String(port),
    DJANGO_SETTINGS_MODULE: settingsModule,
    SENTRY_ENVIRONMENT: environment,
    SENTRY_RELEASE: release,
    SENTRY_DSN: dsn,
    ...urls,
    DJANGO_ALLOWED_HOSTS: settings.hosts.join(","),
  };
  const given = Object.entries(own).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return { ...settings.variables, ...secretVariables, ...Object.fromEntries(given) };
}
