/**
 * getOwner: arguments, result and calls.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Arguments of getOwner. */
export interface GetOwnerArgs {
  /** Id of the workspace (`tea-…`). */
  id?: string;
  /** Name of the workspace. */
  name?: string;
  /** E-mail address of the workspace. */
  email?: string;
}

/** Arguments of getOwnerOutput. */
export interface GetOwnerOutputArgs {
  /** Id of the workspace (`tea-…`). */
  id?: pulumi.Input<string>;
  /** Name of the workspace. */
  name?: pulumi.Input<string>;
  /** E-mail address of the workspace. */
  email?: pulumi.Input<string>;
}

/** What getOwner finds. */
export interface GetOwnerResult {
  /** Id of the workspace, the `ownerId` of what belongs to it. */
  readonly id: string;
  /** Name of the workspace. */
  readonly name: string;
  /** E-mail address of the workspace. */
  readonly email: string;
  /** `team` or `user`. */
  readonly type: string;
}

const TOKEN = "render:index:getOwner";

/**
 * The workspace with this id, name or e-mail address; without any, the only one that the API key may see (Render
 * Public API, Workspaces). It is an error when there is none, or more than one.
 */
export function getOwner(args: GetOwnerArgs = {}, options: pulumi.InvokeOptions = {}): Promise<GetOwnerResult> {
  return pulumi.runtime.invoke(TOKEN, args, { version: VERSION, ...options });
}

/** The same with arguments that are not known yet. */
export function getOwnerOutput(
  args: GetOwnerOutputArgs = {},
  options: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetOwnerResult> {
  return pulumi.runtime.invokeOutput(TOKEN, args, { version: VERSION, ...options });
}
