/** The end of a create or update: the deploy is followed, and what runs is checked against what is declared. */
import type { CallContext } from "../../../kit/resource.ts";
import type { Deploy } from "../api/answers.ts";
import type { RenderClient } from "../client.ts";
import { followDeploy, replacedBy } from "../deploys/follow.ts";
import { sameImage, sameRepository } from "../image-reference.ts";
import { describeOutputs } from "./describe.ts";
import type { ServiceInputs } from "./inputs.ts";
import type { ServiceKind } from "./kinds.ts";
import { type ObservedService, observeExisting } from "./observe.ts";
import type { ServiceOutputs } from "./outputs.ts";

/**
 * Follows the deploy, unless the inputs say not to wait, and returns the outputs. Throws when the deploy fails, or
 * when another image than the declared one came to serve meanwhile.
 */
export async function finishDeploy(
  kind: ServiceKind,
  context: CallContext<RenderClient>,
  observed: ObservedService,
  inputs: ServiceInputs,
  deployId: string | undefined,
): Promise<ServiceOutputs> {
  if (deployId === undefined || inputs.waitForDeploy === false) return describeOutputs(kind, observed, inputs);
  const { service } = observed;
  await followDeploy(context, { service, deployId, isOurs: (deploy) => runsDeclared(deploy, inputs) });
  const finished = await observeExisting(context, kind, service.id, inputs.ownerId);
  const { live } = finished.deploys;
  if (inputs.imageManagement === "declared" && live?.image?.ref !== undefined && !runsDeclared(live, inputs)) {
    throw replacedBy(live, service);
  }
  return describeOutputs(kind, finished, inputs);
}

/** Whether a deploy runs what is declared: that image, or under external management any of its repository. */
export function runsDeclared({ image }: Deploy, inputs: ServiceInputs): boolean {
  if (image?.ref === undefined) return false;
  const same = inputs.imageManagement === "declared" ? sameImage : sameRepository;
  return same(image.ref, inputs.image);
}
