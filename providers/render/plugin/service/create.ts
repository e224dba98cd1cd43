/** Creation of a service. */
import { createOnce } from "../../../kit/create-once.ts";
import { alreadyExists } from "../../../kit/existing.ts";
import type { CreateContext } from "../../../kit/resource.ts";
import type { Service } from "../api/answers.ts";
import { addCustomDomain } from "../api/custom-domains.ts";
import { postService, servicesNamed } from "../api/services.ts";
import type { RenderClient } from "../client.ts";
import { historyOf } from "../deploys/history.ts";
import { autoscalingRequest } from "./autoscaling.ts";
import { describeOutputs } from "./describe.ts";
import { finishDeploy, runsDeclared } from "./finish.ts";
import type { ServiceInputs } from "./inputs.ts";
import type { ServiceKind } from "./kinds.ts";
import { asKind, observeExisting } from "./observe.ts";
import type { ServiceOutputs } from "./outputs.ts";
import { imageRequest } from "./plan.ts";
import { chosenSettings, declaredSettings, detailsRequest } from "./settings.ts";

/**
 * Creates the service and follows its first deploy. The service is in the state as soon as Render has answered.
 * Refuses a name that the workspace has already: adoption is an explicit import.
 */
export async function createService(
  kind: ServiceKind,
  context: CreateContext<RenderClient, ServiceOutputs>,
  inputs: ServiceInputs,
): Promise<{ id: string; outputs: ServiceOutputs }> {
  const { deployId, ...created } = await post(kind, context, inputs);
  const service = asKind(kind, created.service);
  const id = service.id;
  context.created(id, {
    ...describeOutputs(
      kind,
      { service, variables: new Map(), secretFiles: new Map(), customDomains: [], deploys: historyOf([]) },
      inputs,
    ),
    ...(deployId && { deployId }),
  });
  for (const domain of inputs.customDomains ?? []) await addCustomDomain(context, id, domain);
  const observed = await observeExisting(context, kind, id, inputs.ownerId);
  const first = deployId ?? observed.deploys.all.find((deploy) => runsDeclared(deploy, inputs))?.id;
  return { id, outputs: await finishDeploy(kind, context, observed, inputs, first) };
}

interface Created {
  readonly service: Service;
  /** Unknown when the answer was lost. */
  readonly deployId?: string | undefined;
}

async function post(
  kind: ServiceKind,
  context: CreateContext<RenderClient, ServiceOutputs>,
  inputs: ServiceInputs,
): Promise<Created> {
  const { name, ownerId } = inputs;
  return createOnce<Created>({
    context,
    async find() {
      const services = await servicesNamed(context, name, ownerId);
      return services
        .filter((service) => service.ownerId === ownerId && service.type === kind.type)
        .map((service) => ({ service }));
    },
    create: ({ signal }) => postService({ ...context, signal }, createRequest(kind, inputs)),
    idOf: ({ service }) => service.id,
    refuse: ({ service }) => alreadyExists({ kind: "service", token: kind.token, name, importId: service.id }),
  });
}

/** Body of the request that creates the service. */
export function createRequest(kind: ServiceKind, inputs: ServiceInputs): Record<string, unknown> {
  const settings = declaredSettings(kind, inputs);
  const values = Object.entries(inputs.environmentVariables).map(([key, value]) => ({ key, value }));
  const generated = (inputs.generatedVariables ?? []).map((key) => ({ key, generateValue: true }));
  const files = Object.entries(inputs.secretFiles ?? {}).map(([name, content]) => ({ name, content }));
  return {
    type: kind.type,
    name: inputs.name,
    ownerId: inputs.ownerId,
    image: imageRequest(inputs, inputs.image),
    envVars: [...values, ...generated],
    ...(files.length > 0 && { secretFiles: files }),
    ...(inputs.environmentId && { environmentId: inputs.environmentId }),
    serviceDetails: {
      runtime: "image",
      region: inputs.region,
      ...(inputs.numInstances && { numInstances: inputs.numInstances }),
      ...(inputs.autoscaling && { autoscaling: autoscalingRequest(inputs.autoscaling) }),
      ...(inputs.disk && { disk: inputs.disk }),
      ...detailsRequest(settings, chosenSettings(kind, settings)),
    },
  };
}
