/** What a rollback is about: the site, its image, and what holds CircleCI's deploys. */
import { type ExportedStack, isStackUrn } from "../recover/exported-stack.ts";
import type { SiteResource } from "./site.ts";

const IMAGE = "docker-build:index:Image";
/** The variable of the pipeline's context that lets its deploys wait; it need not exist yet. */
const HOLD = "context-DELIVERY_HOLD";

/**
 * Their URNs, as the engine's `--target` takes them. The components above them are targets, too: of a component that is
 * none the engine looks up what it depended on, and then takes the program's own registration of that for a duplicate.
 */
export function rollbackTargets({ resources }: ExportedStack, site: SiteResource): string[] {
  const images = resources.filter(({ type, delete: isLeft }) => type === IMAGE && !isLeft).map(({ urn }) => urn);
  const parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
  const components = [site.urn, ...images].flatMap((urn) => {
    const parent = parents.get(urn);
    return parent === undefined || isStackUrn(parent) ? [] : [parent];
  });
  // urn:pulumi:<stack>::<project>::<types>::<name>
  const stack = site.urn.split("::").slice(0, 2).join("::");
  return [site.urn, ...images, ...new Set(components), `${stack}::**::${HOLD}`];
}
