/** The end of a create or update: the deploy is followed, and what runs is checked against what is declared. */
import type { CallContext } from "../../../kit/resource.ts";
import type { RenderClient } from "../client.ts";
import { followDeploy } from "../deploys/follow.ts";
import { sameImage } from "../image-reference.ts";
import { describeOutputs } from "./describe.ts";
import type { WebServiceInputs } from "./inputs.ts";
import { type ObservedService, observeExisting } from "./observe.ts";
import type { WebServiceOutputs } from "./outputs.ts";

/**
 * Follows the deploy, unless the inputs say not to wait, and returns the outputs. Throws when the deploy fails, or
 * when another image than the declared one came to serve meanwhile.
 */
export async function finishDeploy(
  context: CallContext<RenderClient>,
  observed: ObservedService,
  inputs: WebServiceInputs,
  deployId: string | undefined,
): Promise<WebServiceOutputs> {
  if (deployId === undefined || !inputs.waitForDeploy) return describeOutputs(observed, inputs);
  await followDeploy(context, observed.service, deployId);
  const finished = await observeExisting(context, observed.service.id);
  const { live } = finished.deploys;
  const image = live?.image?.ref;
  if (inputs.imageManagement === "declared" && image !== undefined && !sameImage(image, inputs.image)) {
    throw new Error(
      `deploy ${live?.id} of ${image} replaced the declared image ${inputs.image}: something else deploys service ` +
        `"${inputs.name}". Stop that, or declare \`imageManagement: "external"\`; then run the same command again`,
    );
  }
  return describeOutputs(finished, inputs);
}
