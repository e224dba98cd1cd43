/** What the program declares for each part of a stack. */
import { type PartName, partFacts } from "../../infra/parts.ts";

/** What tells whether a resource is a part's. */
export interface Placed {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string | undefined;
}

/** The resources of a part, in the order of the state. */
export function resourcesOf<Resource extends Placed>(part: PartName, resources: readonly Resource[]): Resource[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const { alongside = [], components } = partFacts(part);
  const isOfPart = (resource: Placed | undefined): boolean => {
    if (!resource) return false;
    if (components.includes(resource.type) || alongside.some((name) => resource.urn.endsWith(`::${name}`))) return true;
    return resource.parent !== undefined && isOfPart(byUrn.get(resource.parent));
  };
  return resources.filter(isOfPart);
}
