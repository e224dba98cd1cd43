/** RegistryCredential: how Render signs in to a private container registry. */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Kinds of container registry that Render knows. */
export type Registry = "DOCKER" | "GITHUB" | "GITLAB" | "GOOGLE_ARTIFACT" | "AWS_ECR";

/** Arguments of a registry credential. */
export interface RegistryCredentialArgs {
  /** Name of the credential, unique in its workspace. */
  name: pulumi.Input<string>;
  /** Id of the workspace (`tea-…`) that owns it. A change replaces the credential. */
  ownerId: pulumi.Input<string>;
  /** Kind of registry. `DOCKER` is Docker Hub. */
  registry: pulumi.Input<Registry>;
  /** User name at the registry. */
  username: pulumi.Input<string>;
  /** Token or password at the registry. Always secret; Render never shows it again, so a change made elsewhere is not seen. */
  authToken: pulumi.Input<string>;
}

/**
 * A registry credential in a Render workspace ("Render Public API", Registry Credentials).
 * A service that pulls with it uses a changed token from its next deploy on.
 */
export class RegistryCredential extends pulumi.CustomResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly ownerId: pulumi.Output<string>;
  declare readonly registry: pulumi.Output<Registry>;
  declare readonly username: pulumi.Output<string>;
  declare readonly authToken: pulumi.Output<string>;
  /** When the credential was last changed, ISO 8601. */
  declare readonly updatedAt: pulumi.Output<string>;

  /** Declares a registry credential. */
  constructor(name: string, args: RegistryCredentialArgs, options?: pulumi.CustomResourceOptions) {
    super(
      "render:index:RegistryCredential",
      name,
      { ...args, authToken: pulumi.secret(args.authToken), updatedAt: undefined },
      pulumi.mergeOptions({ version: VERSION, additionalSecretOutputs: ["authToken"] }, options),
    );
  }
}
