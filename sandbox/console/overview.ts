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

type LinkTitle = Pick<ChainLink, "name" | "title" | "role">;

const BEFORE_REGISTRY: readonly LinkTitle[] = [
  { name: "github", title: "GitHub", role: "holds the code" },
  { name: "circleci", title: "CircleCI", role: "tests each change" },
];
const REGISTRY: LinkTitle = { name: "registry", title: "Registry", role: "keeps the images" };
const AFTER_REGISTRY: readonly LinkTitle[] = [
  { name: "sentry", title: "Sentry", role: "collects the errors" },
  { name: "render", title: "Render", role: "runs the site" },
];

/** Looks at every service and at the registry, if there is one. */
export async function chainOverview(control: Console): Promise<ChainLink[]> {
  const registry = control.images ? [await registryLink(control.images)] : [];
  const services = (titles: readonly LinkTitle[]): ChainLink[] =>
    titles.map((link) => {
      const service = control.services().find(({ name }) => name === link.name);
      return { ...link, groups: maskGroups(control.masker, service?.overview() ?? []) };
    });
  return [...services(BEFORE_REGISTRY), ...registry, ...services(AFTER_REGISTRY)];
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
