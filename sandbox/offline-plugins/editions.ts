/** The vendors' plugins that have an offline edition, and the version that each edition reproduces. */

/** One offline edition. Its folder beside this file holds the launcher `pulumi-resource-<name>`. */
export interface Edition {
  /** Name of the Pulumi package. */
  readonly name: string;
  /** Version of the vendor's plugin: the engine asks for exactly the one that the installed SDK names. */
  readonly version: string;
}

export const github: Edition = { name: "github", version: "6.15.0" };
export const sentry: Edition = { name: "sentry", version: "0.0.9" };
export const dockerBuild: Edition = { name: "docker-build", version: "0.0.22" };
export const docker: Edition = { name: "docker", version: "5.2.0" };

export const editions: readonly Edition[] = [github, sentry, dockerBuild, docker];
