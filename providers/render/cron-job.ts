/**
 * CronJob: a cron job on Render.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type { ImageManagement, PaidPlan, Region } from "./types.ts";
import { VERSION } from "./version.ts";

/** Arguments of a cron job. */
export interface CronJobArgs {
  /** Name of the service, unique in its workspace. */
  name: pulumi.Input<string>;
  /** Id of the workspace (`tea-…`) that owns the service. A change replaces the cron job. */
  ownerId: pulumi.Input<string>;
  /** The image to run: `repository:tag` or `repository@sha256:…`. */
  image: pulumi.Input<string>;
  /** Id of the registry credential with which Render pulls the image. None for a public image. */
  registryCredentialId?: pulumi.Input<string>;
  /** Where the service runs. A change replaces the service. */
  region: pulumi.Input<Region>;
  /** Command that replaces the image's own. */
  startCommand?: pulumi.Input<string>;
  /** Environment variables by name. Each value may be secret. Variables not named here are left alone. */
  environmentVariables?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Names of variables that Render generates a value for, once: one that exists keeps its value. */
  generatedVariables?: pulumi.Input<pulumi.Input<string>[]>;
  /** Contents of secret files by file name. Files not named here are left alone. */
  secretFiles?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Id of the environment (`evm-…`) of a Render project that the service belongs to. */
  environmentId?: pulumi.Input<string>;
  /**
   * `declared`: the declared image is what runs. `external`: a pipeline deploys new tags or digests; the repository
   * and credential are enforced, and what runs is only reported. Default `declared`.
   */
  imageManagement?: pulumi.Input<ImageManagement>;
  /** Instance type. */
  plan: pulumi.Input<PaidPlan>;
  /** When it runs, as a cron expression in UTC: `0 3 * * *` is daily at 3:00. */
  schedule: pulumi.Input<string>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  name: undefined,
  ownerId: undefined,
  image: undefined,
  registryCredentialId: undefined,
  region: undefined,
  startCommand: undefined,
  environmentVariables: undefined,
  generatedVariables: undefined,
  secretFiles: undefined,
  environmentId: undefined,
  imageManagement: undefined,
  plan: undefined,
  schedule: undefined,
  slug: undefined,
  dashboardUrl: undefined,
  deployId: undefined,
  deployStatus: undefined,
  liveImage: undefined,
  liveDigest: undefined,
  suspended: undefined,
  undeclaredVariables: undefined,
  undeclaredSecretFiles: undefined,
  lastSuccessfulRunAt: undefined,
};

/**
 * A cron job on Render: a container image that is run on a schedule and ends (Render Public API, Services; Cron
 * Jobs). Its deploy is live as soon as Render knows the image, and runs nothing; the next run, on schedule or by
 * hand, has it. Import by id (`crn-…`) or name.
 */
export class CronJob extends pulumi.CustomResource {
  /** Name of the service, unique in its workspace. */
  declare readonly name: pulumi.Output<string>;
  /** Id of the workspace (`tea-…`) that owns the service. */
  declare readonly ownerId: pulumi.Output<string>;
  /** The image to run: `repository:tag` or `repository@sha256:…`. */
  declare readonly image: pulumi.Output<string>;
  /** Id of the registry credential with which Render pulls the image. None for a public image. */
  declare readonly registryCredentialId: pulumi.Output<string | undefined>;
  /** Where the service runs. A change replaces the service. */
  declare readonly region: pulumi.Output<Region>;
  /** Command that replaces the image's own. */
  declare readonly startCommand: pulumi.Output<string | undefined>;
  /** Environment variables by name. Each value may be secret. Variables not named here are left alone. */
  declare readonly environmentVariables: pulumi.Output<Record<string, string>>;
  /** Names of variables that Render generates a value for, once: one that exists keeps its value. */
  declare readonly generatedVariables: pulumi.Output<string[] | undefined>;
  /** Contents of secret files by file name. Files not named here are left alone. */
  declare readonly secretFiles: pulumi.Output<Record<string, string> | undefined>;
  /** Id of the environment (`evm-…`) of a Render project that the service belongs to. */
  declare readonly environmentId: pulumi.Output<string | undefined>;
  /**
   * `declared`: the declared image is what runs. `external`: a pipeline deploys new tags or digests; the repository
   * and credential are enforced, and what runs is only reported.
   */
  declare readonly imageManagement: pulumi.Output<ImageManagement>;
  /** Instance type. */
  declare readonly plan: pulumi.Output<PaidPlan>;
  /** When it runs, as a cron expression in UTC: `0 3 * * *` is daily at 3:00. */
  declare readonly schedule: pulumi.Output<string>;
  /** Name of the service in its address, unique on Render. */
  declare readonly slug: pulumi.Output<string>;
  /** Address of the service's page in the dashboard. */
  declare readonly dashboardUrl: pulumi.Output<string>;
  /** Id of the newest deploy. */
  declare readonly deployId: pulumi.Output<string | undefined>;
  /** Status of the newest deploy; `live` when it runs. */
  declare readonly deployStatus: pulumi.Output<string | undefined>;
  /** Reference of the image that runs; absent when none does. */
  declare readonly liveImage: pulumi.Output<string | undefined>;
  /** Digest of the image that runs, as Render resolved it. */
  declare readonly liveDigest: pulumi.Output<string | undefined>;
  /** Whether the service is suspended. */
  declare readonly suspended: pulumi.Output<boolean>;
  /** Names of the service's environment variables that are not declared here; they are left alone. */
  declare readonly undeclaredVariables: pulumi.Output<string[]>;
  /** Names of the service's secret files that are not declared here; they are left alone. */
  declare readonly undeclaredSecretFiles: pulumi.Output<string[]>;
  /** When a run last ended well, ISO 8601; absent until one has. */
  declare readonly lastSuccessfulRunAt: pulumi.Output<string | undefined>;

  /** Declares a cron job. */
  constructor(name: string, args: CronJobArgs, options?: pulumi.CustomResourceOptions) {
    const properties = {
      ...PROPERTIES,
      ...args,
      secretFiles: args.secretFiles === undefined ? undefined : pulumi.secret(args.secretFiles),
    };
    const own = { version: VERSION, additionalSecretOutputs: ["secretFiles"] };
    super("render:index:CronJob", name, properties, pulumi.mergeOptions(own, options));
  }
}
