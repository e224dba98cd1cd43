/** The key with which one environment reports its errors. */
import * as pulumi from "@pulumi/pulumi";
import * as sentry from "@pulumiverse/sentry";
import type { PartOf } from "../config.ts";

/** Arguments of ErrorKey. */
export interface ErrorKeyArgs {
  /** Name of the environment; the key carries it. */
  readonly environment: string;
  /** Slugs of the project and of its organization. */
  readonly of: { readonly organization: pulumi.Input<string>; readonly project: pulumi.Input<string> };
  readonly rateLimit?: PartOf<"errors">["rateLimit"];
}

/** A client key of a Sentry project. */
export class ErrorKey extends pulumi.ComponentResource {
  /** Where errors are sent. Public by design: it lets one report, not read. */
  readonly dsn: pulumi.Output<string>;

  constructor(name: string, args: ErrorKeyArgs, options?: pulumi.ComponentResourceOptions) {
    super("delivery:environment:ErrorKey", name, {}, options);
    const { environment, rateLimit } = args;
    const { organization, project } = args.of;
    const limit = rateLimit && { rateLimitCount: rateLimit.count, rateLimitWindow: rateLimit.seconds };
    const key = new sentry.SentryKey(name, { name: environment, organization, project, ...limit }, { parent: this });
    this.dsn = key.dsnPublic;
    this.registerOutputs({ dsn: this.dsn });
  }
}
