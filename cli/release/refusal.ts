/** Parts that cannot go while something else needs them: the program would refuse to run without them. */
import { deliveryOf } from "../../infra/delivery.ts";
import type { PartName } from "../../infra/parts.ts";
import type { Pulumi } from "../pulumi.ts";
import type { StateResource } from "../state/resources.ts";
import { UserError } from "../user-error.ts";
import { resourcesOf } from "./parts.ts";

/** What is at Render where the site is, and takes its workspace and region from it. */
const IN_THE_SITES_PLACE = ["database", "cache"] as const;

/** Throws UserError, with what to do first, when the part is still needed. */
export async function refuseNeededPart(
  part: PartName,
  resources: readonly StateResource[],
  pulumi: Pulumi,
): Promise<void> {
  const isOn = (other: PartName): boolean => resourcesOf(other, resources).length > 0;
  const setting = async (key: string): Promise<string | undefined> => {
    const { code, stdout } = await pulumi.run("config", "get", "--path", `delivery:${key}`);
    return code === 0 ? stdout.trim() : undefined;
  };
  if (part === "image" && isOn("site"))
    throw new UserError("The site runs the image.", "Release the site first: npx --no delivery release site.");
  for (const other of IN_THE_SITES_PLACE)
    if (part === "site" && isOn(other))
      throw new UserError(
        `The ${other} has the site's place at Render.`,
        `Release the ${other} first: npx --no delivery release ${other}.`,
      );
  if (
    !["errors", "repository", ...IN_THE_SITES_PLACE].includes(part) &&
    deliveryOf({ delivery: await setting("image.delivery") }).builtBy === "pipeline"
  )
    throw new UserError(
      "In image.delivery `continuous` CircleCI builds the image and deploys it to the site.",
      "First leave that mode: npm run pulumi -- config set --path delivery:image.delivery pinned, then npx --no delivery up.",
    );
  if (part !== "repository" || !isOn("pipeline")) return;
  const [name, application] = [await setting("repository.name"), await setting("application.name")];
  if (name !== undefined && name !== application)
    throw new UserError(
      `CircleCI follows ${name}, and without the repository the pipeline would be that of ${application}.`,
      "Release the pipeline first: npx --no delivery release pipeline.",
    );
}
