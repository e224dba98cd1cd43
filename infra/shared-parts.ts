/** The shared parts as an environment is built on them: declared in the same stack, or read from another one's outputs. */
import { type Input, RunError } from "@pulumi/pulumi";
import { readDelivery } from "../contract/index.js";
import type { Outputs } from "../contract/schema.ts";

/** What an environment needs of each shared part; a part that is `off` is undefined. */
export interface Shared<Text = Input<string>> {
  readonly repository?: { readonly url: Text; readonly fullName: Text } | undefined;
  readonly pipeline?: { readonly slug: Text; readonly organization: Text; readonly projectId: Text } | undefined;
  readonly errors?: { readonly organization: Text; readonly project: Text } | undefined;
  readonly hosting?: Hosting<Text> | undefined;
}

interface Hosting<Text> {
  readonly ownerId: Text;
  readonly projectId?: Text | undefined;
  readonly credentialId?: Text | undefined;
}

/** Reads them from a stack's outputs. Throws RunError when it declares none, or its outputs do not keep the contract. */
export async function readShared(stackName: string): Promise<Shared<string>> {
  return sharedIn(stackName, await readDelivery(stackName));
}

/** Those among a stack's outputs. Throws RunError when it declares none. */
export function sharedIn(stackName: string, { repository, pipeline, shared }: Outputs): Shared<string> {
  if (!shared) {
    const mend =
      "Set delivery:sharedFrom to a stack that declares `all` or `shared`, and run `npx --no delivery up` there.";
    throw new RunError(`The stack ${stackName} declares no shared part to build an environment on.\n${mend}`);
  }
  return { ...shared, repository, pipeline: pipeline && shared.pipeline && { ...pipeline, ...shared.pipeline } };
}
