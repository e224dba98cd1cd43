/**
 * CheckoutKey: a checkout key of a project in an OAuth organization.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type { CheckoutKeyType } from "./types.ts";
import { VERSION } from "./version.ts";

/** Arguments of a checkout key. */
export interface CheckoutKeyArgs {
  /** Slug of the project (`gh/acme/site`). A change replaces the key. */
  project: pulumi.Input<string>;
  /**
   * A read-only deploy key of the repository, or a key of the token's user, who must have authorized CircleCI with
   * GitHub. A change replaces the key. Default `deploy-key`.
   */
  type?: pulumi.Input<CheckoutKeyType>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  project: undefined,
  type: undefined,
  fingerprint: undefined,
  publicKey: undefined,
  preferred: undefined,
  createdAt: undefined,
};

/**
 * A checkout key of a project in an OAuth organization (CircleCI API v2, Checkout key). CircleCI keeps the private
 * half and adds the public one to GitHub. GitHub App projects need none. Import by project and fingerprint:
 * `gh/acme/site/<fingerprint>`.
 */
export class CheckoutKey extends pulumi.CustomResource {
  /** Slug of the project (`gh/acme/site`). A change replaces the key. */
  declare readonly project: pulumi.Output<string>;
  /**
   * A read-only deploy key of the repository, or a key of the token's user, who must have authorized CircleCI with
   * GitHub. A change replaces the key.
   */
  declare readonly type: pulumi.Output<CheckoutKeyType>;
  /** MD5 fingerprint of the key. */
  declare readonly fingerprint: pulumi.Output<string>;
  /** The public key, as OpenSSH writes it. */
  declare readonly publicKey: pulumi.Output<string>;
  /** Whether checkouts use this key. */
  declare readonly preferred: pulumi.Output<boolean>;
  /** When it was made, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;

  /** Declares a checkout key. */
  constructor(name: string, args: CheckoutKeyArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args };
    const own = { version: VERSION };
    super("circleci:index:CheckoutKey", name, properties, pulumi.mergeOptions(own, options));
  }
}
