/** The picture of the chain: the five services in the order in which a change passes them, and what each has. */
import type { Masker } from "../services/core/masking.ts";
import { type ObjectGroup, objectGroup } from "../services/core/overview.ts";
import type { ServiceName } from "../services/core/service.ts";
import type { Console, ImageLister, StoredImage } from "./console.ts";

/** One link of the chain. */
export interface ChainLink {
  readonly name: ServiceName | "registry";
  readonly title: string;
  /** What it does in the chain. */
  readonly role: string;
  readonly groups: readonly ObjectGroup[];
  /** Why there is nothing to show. */
  readonly problem?: string;
}

/** The services' names as people write them. */
export const serviceTitles: Readonly<Record<ServiceName, string>> = {
  github: "GitHub",
  circleci: "CircleCI",
  sentry: "Sentry",
  render: "Render",
};

const REGISTRY = { name: "registry", title: "Registry", role: "keeps the images" } as const;

/** Looks at every service and at the registry, if there is one. */
export async function chainOverview(control: Pick<Console, "services" | "images" | "masker">): Promise<ChainLink[]> {
  const registry = control.images ? [await registryLink(control.images)] : [];
  const link = (name: ServiceName, role: string): ChainLink => {
    const service = control.services().find((candidate) => candidate.name === name);
    const groups = maskGroups(control.masker, service?.overview() ?? []);
    return { name, title: serviceTitles[name], role, groups };
  };
  return [
    link("github", "holds the code"),
    link("circleci", "tests each change"),
    ...registry,
    link("sentry", "collects the errors"),
    link("render", "runs the site"),
  ];
}

async function registryLink(images: ImageLister): Promise<ChainLink> {
  try {
    return { ...REGISTRY, groups: [objectGroup("Image tags", await images(), showImage)] };
  } catch {
    return { ...REGISTRY, groups: [], problem: "The registry does not answer." };
  }
}

function showImage({ repository, tag, digest }: StoredImage) {
  return { id: `${repository}:${tag}@${digest}`, name: `${repository}:${tag}`, detail: digest.slice(0, 19) };
}

/** A value that some call carried as a secret may also stand in a name. */
function maskGroups(masker: Masker, groups: readonly ObjectGroup[]): ObjectGroup[] {
  return groups.map((group) => ({
    ...group,
    newest: group.newest.map((object) => ({
      ...object,
      name: masker.text(object.name),
      ...(object.detail !== undefined && { detail: masker.text(object.detail) }),
    })),
  }));
}
