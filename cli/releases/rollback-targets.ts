/** What a rollback is about: the site, its image, and what holds CircleCI's deploys. */
import type { ExportedStack } from "../recover/exported-stack.ts";
import type { SiteResource } from "./site.ts";

const IMAGE = "docker-build:index:Image";
/** The variable of the pipeline's context that lets its deploys wait; it need not exist yet. */
const HOLD = "context-DELIVERY_HOLD";

/** Their URNs, as the engine's `--target` takes them. */
export function rollbackTargets({ resources }: ExportedStack, site: SiteResource): string[] {
  const images = resources.filter(({ type, delete: isLeft }) => type === IMAGE && !isLeft).map(({ urn }) => urn);
  // urn:pulumi:<stack>::<project>::<types>::<name>
  const stack = site.urn.split("::").slice(0, 2).join("::");
  return [site.urn, ...images, `${stack}::**::${HOLD}`];
}
