/** The site of a stack, from its state: the outputs may be incomplete after an update that failed. */

import type { ExportedStack } from "../recover/exported-stack.ts";
import { UserError } from "../user-error.ts";

const SERVICE = "render:index:WebService";

/** The service that is a stack's site. */
export interface SiteResource {
  readonly urn: string;
  /** Render's id, srv-... */
  readonly id: string;
}

/**
 * The site of a stack.
 * @throws UserError when it has none yet.
 */
export function siteIn({ resources }: ExportedStack): SiteResource {
  const { urn, id } = resources.find((resource) => resource.type === SERVICE && !resource.delete) ?? {};
  if (urn && id) return { urn, id };
  throw new UserError("The stack has no site.", "Run `npx --no delivery up`, or name another stack with --stack.");
}
