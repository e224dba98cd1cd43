/** The parts of the chain that can be left, and what the program declares for each. */

/** As they are named under `delivery:` in a stack's file. */
export const PARTS = ["repository", "pipeline", "image", "errors", "site"] as const;

/** One of them. */
export type Part = (typeof PARTS)[number];

/** Types of the components that are a part, with all below them. */
const COMPONENTS: Readonly<Record<Part, readonly string[]>> = {
  repository: ["delivery:shared:SourceRepository"],
  pipeline: ["delivery:shared:CiProject", "delivery:environment:CiContext"],
  image: ["delivery:environment:AppImage"],
  errors: ["delivery:shared:ErrorProject", "delivery:environment:ErrorKey"],
  site: ["delivery:shared:HostingProject", "delivery:environment:Site"],
};

/** Resources that go with a part although they are another one's: a pipeline that is `off` has no file any more. */
const OUTLIERS: Readonly<Partial<Record<Part, readonly string[]>>> = { pipeline: ["repository-pipeline-file"] };

/** What tells whether a resource is a part's. */
export interface Placed {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string | undefined;
}

/** The resources of a part, in the order of the state. */
export function resourcesOf<Resource extends Placed>(part: Part, resources: readonly Resource[]): Resource[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const names = OUTLIERS[part] ?? [];
  const isOfPart = (resource: Placed | undefined): boolean => {
    if (!resource) return false;
    if (COMPONENTS[part].includes(resource.type) || names.some((name) => resource.urn.endsWith(`::${name}`)))
      return true;
    return resource.parent !== undefined && isOfPart(byUrn.get(resource.parent));
  };
  return resources.filter(isOfPart);
}
