/**
 * RegistryCredential: a registry credential in a Render workspace.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type { Registry } from "./types.ts";
import { VERSION } from "./version.ts";

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
  /**
   * Token or password at the registry. Render never shows it again, so a change made elsewhere is not seen, and an
   * import takes the declared one for the one that is there.
   */
  authToken: pulumi.Input<string>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  name: undefined,
  ownerId: undefined,
  registry: undefined,
  username: undefined,
  authToken: undefined,
  updatedAt: undefined,
};

/**
 * A registry credential in a Render workspace (Render Public API, Registry Credentials). A service that pulls with
 * it uses a changed token from its next deploy on. Import by id (`rgc-…`) or name.
 */
export class RegistryCredential extends pulumi.CustomResource {
  /** Name of the credential, unique in its workspace. */
  declare readonly name: pulumi.Output<string>;
  /** Id of the workspace (`tea-…`) that owns it. A change replaces the credential. */
  declare readonly ownerId: pulumi.Output<string>;
  /** Kind of registry. `DOCKER` is Docker Hub. */
  declare readonly registry: pulumi.Output<Registry>;
  /** User name at the registry. */
  declare readonly username: pulumi.Output<string>;
  /** Token or password at the registry, as declared. */
  declare readonly authToken: pulumi.Output<string | undefined>;
  /** When the credential was last changed, ISO 8601. */
  declare readonly updatedAt: pulumi.Output<string>;

  /** Declares a registry credential. */
  constructor(name: string, args: RegistryCredentialArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args, authToken: pulumi.secret(args.authToken) };
    const own = { version: VERSION, additionalSecretOutputs: ["authToken"] };
    super("render:index:RegistryCredential", name, properties, pulumi.mergeOptions(own, options));
  }
}
