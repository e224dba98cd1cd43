/**
 * PrivateService: a private service on Render.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type { Autoscaling, AutoscalingArgs, Disk, DiskArgs, ImageManagement, PaidPlan, Region } from "./types.ts";
import { VERSION } from "./version.ts";

/** Arguments of a private service. */
export interface PrivateServiceArgs {
  /** Name of the service, unique in its workspace. */
  name: pulumi.Input<string>;
  /** Id of the workspace (`tea-…`) that owns the service. A change replaces the private service. */
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
  /** Number of instances. Without it the number is left as it is; while autoscaling is on, it is not applied. */
  numInstances?: pulumi.Input<number>;
  /**
   * Instances by load, in place of a fixed number. What was declared and is not any more is switched off; what was
   * switched on by hand is left alone.
   */
  autoscaling?: pulumi.Input<AutoscalingArgs>;
  /**
   * A disk that survives deploys, of one instance: such a service has no other, and stops for a moment with each
   * deploy. To drop it, or what would replace the service, is refused, because its data would be lost. Without it
   * the service's disk is left alone.
   */
  disk?: pulumi.Input<DiskArgs>;
  /** Command run in the new image before it starts, for example a database migration. */
  preDeployCommand?: pulumi.Input<string>;
  /** Seconds that the old process gets to finish after SIGTERM. Render's default is 30. */
  maxShutdownDelaySeconds?: pulumi.Input<number>;
  /** Whether create and update wait until the deploy is live and fail when it is not. Default `true`. */
  waitForDeploy?: pulumi.Input<boolean>;
  /** Instance type. */
  plan: pulumi.Input<PaidPlan>;
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
  numInstances: undefined,
  autoscaling: undefined,
  disk: undefined,
  preDeployCommand: undefined,
  maxShutdownDelaySeconds: undefined,
  waitForDeploy: undefined,
  plan: undefined,
  slug: undefined,
  dashboardUrl: undefined,
  deployId: undefined,
  deployStatus: undefined,
  liveImage: undefined,
  liveDigest: undefined,
  suspended: undefined,
  undeclaredVariables: undefined,
  undeclaredSecretFiles: undefined,
  diskId: undefined,
  url: undefined,
};

/**
 * A private service on Render: a container image that listens, and that services of the same workspace and region
 * alone reach (Render Public API, Services; Private Services). Create and update follow the deploy until it is
 * live: a port is open. A failed deploy leaves the old image serving. Import by id (`srv-…`) or name.
 */
export class PrivateService extends pulumi.CustomResource {
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
  /** Number of instances. Without it the number is left as it is; while autoscaling is on, it is not applied. */
  declare readonly numInstances: pulumi.Output<number | undefined>;
  /**
   * Instances by load, in place of a fixed number. What was declared and is not any more is switched off; what was
   * switched on by hand is left alone.
   */
  declare readonly autoscaling: pulumi.Output<Autoscaling | undefined>;
  /**
   * A disk that survives deploys, of one instance: such a service has no other, and stops for a moment with each
   * deploy. To drop it, or what would replace the service, is refused, because its data would be lost. Without it
   * the service's disk is left alone.
   */
  declare readonly disk: pulumi.Output<Disk | undefined>;
  /** Command run in the new image before it starts, for example a database migration. */
  declare readonly preDeployCommand: pulumi.Output<string | undefined>;
  /** Seconds that the old process gets to finish after SIGTERM. Render's default is 30. */
  declare readonly maxShutdownDelaySeconds: pulumi.Output<number | undefined>;
  /** Whether create and update wait until the deploy is live and fail when it is not. */
  declare readonly waitForDeploy: pulumi.Output<boolean>;
  /** Instance type. */
  declare readonly plan: pulumi.Output<PaidPlan>;
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
  /** Id of the service's disk, declared or not. */
  declare readonly diskId: pulumi.Output<string | undefined>;
  /** Address for services of the same workspace and region. */
  declare readonly url: pulumi.Output<string>;

  /** Declares a private service. */
  constructor(name: string, args: PrivateServiceArgs, options?: pulumi.CustomResourceOptions) {
    const properties = {
      ...PROPERTIES,
      ...args,
      secretFiles: args.secretFiles === undefined ? undefined : pulumi.secret(args.secretFiles),
    };
    const own = { version: VERSION, additionalSecretOutputs: ["secretFiles"] };
    super("render:index:PrivateService", name, properties, pulumi.mergeOptions(own, options));
  }
}
