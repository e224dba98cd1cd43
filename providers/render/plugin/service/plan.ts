/** What an update has to do: pure, from the service as it is, what was declared before, and what is declared now. */
import { currentImage } from "../deploys/history.ts";
import { sameImage, sameRepository } from "../image-reference.ts";
import { type AutoscalingChange, autoscalingChange } from "./autoscaling.ts";
import { deployReasons } from "./deploy-reasons.ts";
import { type DiskChange, diskChange } from "./disk.ts";
import type { ServiceInputs } from "./inputs.ts";
import type { ServiceKind } from "./kinds.ts";
import type { ObservedService } from "./observe.ts";
import type { ServiceOutputs } from "./outputs.ts";
import { type SecretFileChanges, secretFileChanges } from "./secret-files.ts";
import { actualSettings, declaredSettings, detailsRequest, differingSettings, isAutoscaled } from "./settings.ts";
import { type VariableChanges, variableChanges } from "./variables.ts";

/** The writes of an update, in the order in which they are made. */
export interface UpdatePlan {
  readonly joinEnvironment?: string;
  readonly leaveEnvironment?: string;
  readonly variables: VariableChanges;
  readonly secretFiles: SecretFileChanges;
  /** Body of the PATCH; absent when nothing differs. */
  readonly patch?: Readonly<Record<string, unknown>>;
  readonly autoscaling?: AutoscalingChange;
  readonly numInstances?: number;
  readonly disk?: DiskChange;
  readonly addDomains: readonly string[];
  readonly removeDomains: readonly string[];
  /** The image to run. */
  readonly image: string;
  /** Why a deploy is needed; none is when empty. Holds names, never values. */
  readonly deployReasons: readonly string[];
}

/**
 * Works out the update. `before` is what was declared last, as the outputs hold it: after an update that wrote
 * everything and then failed, the engine keeps the inputs of the update before.
 */
export function planUpdate(
  kind: ServiceKind,
  observed: ObservedService,
  before: ServiceOutputs,
  inputs: ServiceInputs,
): UpdatePlan {
  const image = imageToRun(observed, inputs);
  const variables = variableChanges(observed.variables, before, inputs);
  const secretFiles = secretFileChanges(observed.secretFiles, before.secretFiles, inputs.secretFiles);
  const patch = patchRequest(kind, observed, inputs, image);
  const autoscaling = autoscalingChange(observed.service, before.autoscaling, inputs.autoscaling);
  const disk = diskChange(observed.service, inputs.disk);
  return {
    ...membershipChange(observed.service.environmentId, before.environmentId, inputs.environmentId),
    variables,
    secretFiles,
    ...(patch && { patch }),
    ...(autoscaling && { autoscaling }),
    ...scaling(observed.service, autoscaling, inputs.numInstances),
    ...(disk && { disk }),
    ...domainChanges(observed, before.customDomains, inputs.customDomains),
    image,
    deployReasons: deployReasons(kind, observed, before, inputs, { image, variables, secretFiles }),
  };
}

/** Once autoscaling is off, the number is set again: which one Render goes on with then is not described. */
function scaling(
  service: ObservedService["service"],
  autoscaling: AutoscalingChange | undefined,
  declared: number | undefined,
): Pick<UpdatePlan, "numInstances"> {
  if (declared === undefined || (isAutoscaled(service) && autoscaling !== "remove")) return {};
  return declared === service.serviceDetails.numInstances && autoscaling !== "remove" ? {} : { numInstances: declared };
}

/** Under external management what runs stays, as long as it comes from the declared repository. */
export function imageToRun(observed: ObservedService, inputs: ServiceInputs): string {
  if (inputs.imageManagement === "declared") return inputs.image;
  const current = currentImage(observed.deploys, observed.service.imagePath) ?? observed.service.imagePath;
  return sameRepository(current, inputs.image) ? current : inputs.image;
}

function patchRequest(
  kind: ServiceKind,
  { service }: ObservedService,
  inputs: ServiceInputs,
  image: string,
): Record<string, unknown> | undefined {
  const declared = declaredSettings(kind, inputs);
  const names = differingSettings(actualSettings(kind, service), declared);
  const details = detailsRequest(declared, names);
  const patch = {
    ...(names.includes("name") && { name: declared.name }),
    ...(imageConfigurationDiffers(service, inputs, image) && { image: imageRequest(inputs, image) }),
    ...(Object.keys(details).length > 0 && { serviceDetails: details }),
  };
  return Object.keys(patch).length > 0 ? patch : undefined;
}

/** The `image` of a request that creates or updates a service. */
export function imageRequest(inputs: ServiceInputs, image: string): Record<string, unknown> {
  const { ownerId, registryCredentialId } = inputs;
  return { ownerId, imagePath: image, ...(registryCredentialId && { registryCredentialId }) };
}

function imageConfigurationDiffers(service: ObservedService["service"], inputs: ServiceInputs, image: string): boolean {
  const same = inputs.imageManagement === "declared" ? sameImage : sameRepository;
  return !same(service.imagePath, image) || service.registryCredential?.id !== inputs.registryCredentialId;
}

function membershipChange(
  actual: string | undefined,
  prior: string | undefined,
  declared: string | undefined,
): Pick<UpdatePlan, "joinEnvironment" | "leaveEnvironment"> {
  if (declared !== undefined) return declared === actual ? {} : { joinEnvironment: declared };
  return prior !== undefined && prior === actual ? { leaveEnvironment: prior } : {};
}

function domainChanges(
  observed: ObservedService,
  prior: readonly string[] = [],
  declared: readonly string[] = [],
): Pick<UpdatePlan, "addDomains" | "removeDomains"> {
  const actual = new Set(observed.customDomains.map((domain) => domain.name));
  return {
    addDomains: declared.filter((name) => !actual.has(name)),
    removeDomains: prior.filter((name) => !declared.includes(name) && actual.has(name)),
  };
}
