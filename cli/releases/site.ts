/** The site of a stack, from its state: the outputs may be incomplete after an update that failed. */

import type { Pulumi } from "../pulumi.ts";
import { exportStack } from "../recover/export.ts";
import type { ExportedStack } from "../recover/exported-stack.ts";
import { UserError } from "../user-error.ts";

const SERVICE = "render:index:WebService";

/** Render's id of the stack's site. Throws UserError when it has none yet, or the state cannot be read. */
export async function siteId(pulumi: Pulumi): Promise<string> {
  const id = idIn(await exportStack(pulumi));
  if (id) return id;
  throw new UserError("The stack has no site.", "Run `pulumi up`, or name another stack with --stack.");
}

function idIn({ resources }: ExportedStack): string | undefined {
  return resources.find((resource) => resource.type === SERVICE && !resource.delete)?.id;
}
