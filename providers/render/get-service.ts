/**
 * getService: arguments, result and calls.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Arguments of getService. */
export interface GetServiceArgs {
  /** Id of the service (`srv-…`). */
  id?: string;
  /** Name of the service, when its id is not given. */
  name?: string;
  /** Id of the workspace in which the name is looked up; all by default. */
  ownerId?: string;
}

/** Arguments of getServiceOutput. */
export interface GetServiceOutputArgs {
  /** Id of the service (`srv-…`). */
  id?: pulumi.Input<string>;
  /** Name of the service, when its id is not given. */
  name?: pulumi.Input<string>;
  /** Id of the workspace in which the name is looked up; all by default. */
  ownerId?: pulumi.Input<string>;
}

/** What getService finds. */
export interface GetServiceResult {
  /** Id of the service. */
  readonly id: string;
  /** Name of the service. */
  readonly name: string;
  /** Id of the workspace that owns it. */
  readonly ownerId: string;
  /** Where it runs. */
  readonly region: string;
  /** Instance type. */
  readonly plan: string;
  /** The configured image. */
  readonly image: string;
  /** Name of the service in its address, unique on Render. */
  readonly slug: string;
  /** Address of the site on Render's own domain. */
  readonly url: string;
  /** Address of the service's page in the dashboard. */
  readonly dashboardUrl: string;
  /** Id of the newest deploy. */
  readonly deployId?: string;
  /** Status of the newest deploy. */
  readonly deployStatus?: string;
  /** Reference of the image that serves. */
  readonly liveImage?: string;
  /** Digest of the image that serves. */
  readonly liveDigest?: string;
  /** Whether the service is suspended. */
  readonly suspended: boolean;
}

const TOKEN = "render:index:getService";

/**
 * The web service with this id or name, and what it runs (Render Public API, Services and Deploys). It is an error
 * when there is none, or more than one of the name.
 */
export function getService(args: GetServiceArgs = {}, options: pulumi.InvokeOptions = {}): Promise<GetServiceResult> {
  return pulumi.runtime.invoke(TOKEN, args, { version: VERSION, ...options });
}

/** The same with arguments that are not known yet. */
export function getServiceOutput(
  args: GetServiceOutputArgs = {},
  options: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetServiceResult> {
  return pulumi.runtime.invokeOutput(TOKEN, args, { version: VERSION, ...options });
}
