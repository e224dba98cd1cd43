/** An observed service as the state keeps it. */
import type { CustomDomain } from "../api/answers.ts";
import { currentImage } from "../deploys/history.ts";
import { sameImage, sameRepository } from "../image-reference.ts";
import { autoscalingOf } from "./autoscaling.ts";
import { diskOf } from "./disk.ts";
import type { ServiceInputs } from "./inputs.ts";
import { only, type ServiceKind } from "./kinds.ts";
import type { ObservedService } from "./observe.ts";
import type { ServiceOutputs } from "./outputs.ts";
import { actualSettings, isAutoscaled, settingsAsInputs } from "./settings.ts";
import { declaredNames, undeclaredNames } from "./variables.ts";

/** The outputs: what is declared, as it is declared, and what Render adds. */
export function describeOutputs(kind: ServiceKind, observed: ObservedService, inputs: ServiceInputs): ServiceOutputs {
  const { service, variables, secretFiles, customDomains, deploys } = observed;
  const { newest, live } = deploys;
  const { url, disk, lastSuccessfulRunAt } = service.serviceDetails;
  return only(kind, {
    ...inputs,
    slug: service.slug,
    url,
    ...(disk && { diskId: disk.id }),
    ...(lastSuccessfulRunAt && { lastSuccessfulRunAt }),
    dashboardUrl: service.dashboardUrl,
    ...(newest && { deployId: newest.id, deployStatus: newest.status }),
    ...(live?.image?.ref && { liveImage: live.image.ref }),
    ...(live?.image?.sha && { liveDigest: live.image.sha }),
    suspended: service.suspended === "suspended",
    undeclaredVariables: undeclaredNames(variables, declaredNames(inputs)),
    undeclaredSecretFiles: undeclaredNames(secretFiles, new Set(Object.keys(inputs.secretFiles ?? {}))),
    customDomainStatus: statusOf(customDomains, inputs.customDomains),
  });
}

/** What decides how a service is described: properties whose entries are described as far as they are named here. */
export type Named = Pick<
  ServiceInputs,
  | "numInstances"
  | "autoscaling"
  | "disk"
  | "environmentVariables"
  | "generatedVariables"
  | "secretFiles"
  | "customDomains"
  | "environmentId"
> &
  Partial<Pick<ServiceInputs, "image" | "imageManagement" | "waitForDeploy">>;

/** Names no entry at all: what belongs to nobody yet. */
export const NOTHING: Named = { environmentVariables: {} };

/** Names all that a program could declare of the service. Which variables Render generated cannot be seen. */
export function everything({ service, variables, secretFiles, customDomains }: ObservedService): Named {
  const { numInstances } = service.serviceDetails;
  const own = customDomains.filter((domain) => domain.redirectForName === "").map((domain) => domain.name);
  const [autoscaling, disk] = [autoscalingOf(service), diskOf(service)];
  return {
    ...(numInstances > 1 && !isAutoscaled(service) && { numInstances }),
    ...(autoscaling && { autoscaling }),
    ...(disk && { disk }),
    environmentVariables: Object.fromEntries(variables),
    ...(secretFiles.size > 0 && { secretFiles: Object.fromEntries(secretFiles) }),
    ...(own.length > 0 && { customDomains: own }),
    ...(service.environmentId && { environmentId: service.environmentId }),
  };
}

/** The inputs that would declare the service as it is, as far as its entries are named. */
export function describeInputs(kind: ServiceKind, observed: ObservedService, named: Named): ServiceInputs {
  const { service, variables, secretFiles, customDomains } = observed;
  const settings = actualSettings(kind, service);
  const [autoscaling, disk] = [autoscalingOf(service), diskOf(service)];
  return only(kind, {
    name: service.name,
    ownerId: service.ownerId,
    image: describeImage(observed, named),
    ...(service.registryCredential && { registryCredentialId: service.registryCredential.id }),
    region: service.serviceDetails.region as ServiceInputs["region"],
    plan: settings.plan as ServiceInputs["plan"],
    ...(named.numInstances && {
      numInstances: isAutoscaled(service) ? named.numInstances : service.serviceDetails.numInstances,
    }),
    ...(named.autoscaling && autoscaling && { autoscaling }),
    ...(named.disk && disk && { disk }),
    environmentVariables: pick(named.environmentVariables, variables),
    ...(named.generatedVariables && {
      generatedVariables: named.generatedVariables.filter((name) => variables.has(name)),
    }),
    ...(named.secretFiles && { secretFiles: pick(named.secretFiles, secretFiles) }),
    ...settingsAsInputs(kind, settings),
    ...(named.customDomains && { customDomains: named.customDomains.filter((name) => isAmong(name, customDomains)) }),
    ...(named.environmentId && service.environmentId && { environmentId: service.environmentId }),
    imageManagement: named.imageManagement ?? "declared",
    waitForDeploy: named.waitForDeploy ?? true,
  });
}

/** The image as it was declared, as long as that is what runs; under external management any of its repository is. */
function describeImage({ service, deploys }: ObservedService, { image, imageManagement }: Named): string {
  const current = currentImage(deploys, service.imagePath) ?? service.imagePath;
  const same = imageManagement === "external" ? sameRepository : sameImage;
  return image !== undefined && same(image, current) ? image : current;
}

function pick(names: Readonly<Record<string, string>>, actual: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(names).flatMap((name) => {
      const value = actual.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function isAmong(name: string, domains: readonly CustomDomain[]): boolean {
  return domains.some((domain) => domain.name === name);
}

function statusOf(domains: readonly CustomDomain[], declared: readonly string[] = []): Record<string, string> {
  const entries = domains.filter((domain) => declared.includes(domain.name));
  return Object.fromEntries(entries.map((domain) => [domain.name, domain.verificationStatus]));
}
