/** Reading a service: refresh and import. */
import type { CallContext, ReadResult } from "../../../kit/resource.ts";
import { servicesNamed } from "../api/services.ts";
import type { RenderClient } from "../client.ts";
import { hasFailed } from "../deploys/history.ts";
import { onlyOne } from "../only-one.ts";
import { describeInputs, describeOutputs, everything, NOTHING } from "./describe.ts";
import type { ServiceInputs } from "./inputs.ts";
import type { ServiceKind } from "./kinds.ts";
import { type ObservedService, observeService } from "./observe.ts";
import type { PriorService, ServiceOutputs } from "./outputs.ts";

/**
 * The service as it is; undefined when it is gone. An import may name it instead of giving its id: its inputs tell
 * everything, and its outputs no variable, file or domain, for none of them is declared by a program yet.
 */
export async function readService(
  kind: ServiceKind,
  context: CallContext<RenderClient>,
  idOrName: string,
  prior?: PriorService,
): Promise<ReadResult<ServiceInputs, ServiceOutputs> | undefined> {
  const id = prior ? idOrName : await resolve(kind, context, idOrName);
  const observed = id && (await observeService(context, kind, id, prior?.inputs.ownerId));
  if (!observed) return undefined;
  const problem = prior && problemOf(observed, prior.inputs);
  return {
    id: observed.service.id,
    inputs: describeInputs(kind, observed, prior?.inputs ?? everything(observed)),
    outputs: describeOutputs(kind, observed, describeInputs(kind, observed, prior?.outputs ?? NOTHING)),
    ...(problem && { problem }),
  };
}

async function resolve(
  { type, noun, prefix }: ServiceKind,
  context: CallContext<RenderClient>,
  idOrName: string,
): Promise<string | undefined> {
  if (idOrName.startsWith(`${prefix}-`) && /^\w+-\w+$/.test(idOrName)) return idOrName;
  const named = await servicesNamed(context, idOrName);
  return onlyOne(
    noun,
    idOrName,
    named.filter((service) => service.type === type),
  )?.id;
}

/** A failed deploy shows in no input; it must not be forgotten with the next refresh. */
function problemOf({ deploys }: ObservedService, inputs: ServiceInputs): string | undefined {
  const { newest } = deploys;
  if (!newest || !hasFailed(newest) || inputs.imageManagement === "external") return undefined;
  return `deploy ${newest.id} ended as ${newest.status}; the next update deploys again`;
}
