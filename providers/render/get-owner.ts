/** getOwner: looks a Render workspace up. */
import * as pulumi from "@pulumi/pulumi";
import { VERSION } from "./version.ts";

/** Which workspace; without any of these, the only one that the API key may see. */
export interface GetOwnerArgs {
  /** Id of the workspace (`tea-…`). */
  id?: string;
  /** Name of the workspace. */
  name?: string;
  /** E-mail address of the workspace. */
  email?: string;
}

/** A workspace. */
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

/** Looks a workspace up. Rejects when none fits, or more than one. */
export function getOwner(args: GetOwnerArgs = {}, options: pulumi.InvokeOptions = {}): Promise<GetOwnerResult> {
  return pulumi.runtime.invoke(TOKEN, args, { version: VERSION, ...options });
}

/** The same with arguments that are not known yet. */
export function getOwnerOutput(
  args: { [Name in keyof GetOwnerArgs]: pulumi.Input<string> } = {},
  options: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetOwnerResult> {
  return pulumi.runtime.invokeOutput(TOKEN, args, { version: VERSION, ...options });
}
