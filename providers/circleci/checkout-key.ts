/** CheckoutKey: the SSH key with which CircleCI checks out a repository. */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** A read-only deploy key of the repository, or a key of the token's user. */
export type CheckoutKeyType = "deploy-key" | "user-key";

/** Arguments of a checkout key. */
export interface CheckoutKeyArgs {
  /** Slug of the project (`gh/acme/site`). A change replaces the key. */
  project: pulumi.Input<string>;
  /**
   * A read-only deploy key of the repository (the default), or a key of the token's user, who must have authorized
   * CircleCI with GitHub. A change replaces the key.
   */
  type?: pulumi.Input<CheckoutKeyType>;
}

/**
 * A checkout key of a project in an OAuth organization ("CircleCI API v2", Checkout key). CircleCI keeps the private
 * half and adds the public one to GitHub. GitHub App projects need none.
 */
export class CheckoutKey extends pulumi.CustomResource {
  declare readonly project: pulumi.Output<string>;
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
    const known = {
      type: undefined,
      fingerprint: undefined,
      publicKey: undefined,
      preferred: undefined,
      createdAt: undefined,
    };
    super(
      "circleci:index:CheckoutKey",
      name,
      { ...known, ...args },
      pulumi.mergeOptions({ version: VERSION }, options),
    );
  }
}
