/** An observed web service as the state keeps it. */
import type { CustomDomain } from "../api/answers.ts";
import { currentImage } from "../deploys/history.ts";
import { sameImage, sameRepository } from "../image-reference.ts";
import type { WebServiceInputs } from "./inputs.ts";
import type { ObservedService } from "./observe.ts";
import type { WebServiceOutputs } from "./outputs.ts";
import { actualSettings, settingsAsInputs } from "./settings.ts";
import { undeclaredNames } from "./variables.ts";

/** The outputs: what is declared, as it is declared, and what Render adds. */
export function describeOutputs(observed: ObservedService, inputs: WebServiceInputs): WebServiceOutputs {
  const { service, variables, customDomains, deploys } = observed;
  const { newest, live } = deploys;
  return {
    ...inputs,
    slug: service.slug,
    url: service.serviceDetails.url,
    dashboardUrl: service.dashboardUrl,
    ...(newest && { deployId: newest.id, deployStatus: newest.status }),
    ...(live?.image?.ref && { liveImage: live.image.ref }),
    ...(live?.image?.sha && { liveDigest: live.image.sha }),
    suspended: service.suspended === "suspended",
    undeclaredVariables: undeclaredNames(variables, inputs),
    customDomainStatus: statusOf(customDomains, inputs.customDomains),
  };
}

/**
 * The inputs that would declare the service as it is. With prior inputs, only what they declare is described, so
 * that what is not declared here is no drift; without (an import), everything is.
 */
export function describeInputs(observed: ObservedService, prior?: WebServiceInputs): WebServiceInputs {
  const { service, variables, secretFiles, customDomains } = observed;
  const settings = actualSettings(service);
  const known = prior ?? everything(observed);
  return {
    name: service.name,
    ownerId: service.ownerId,
    image: describeImage(observed, prior),
    ...(service.registryCredential && { registryCredentialId: service.registryCredential.id }),
    region: service.serviceDetails.region as WebServiceInputs["region"],
    plan: settings.plan as WebServiceInputs["plan"],
    ...(known.numInstances && { numInstances: service.serviceDetails.numInstances }),
    environmentVariables: pick(known.environmentVariables, variables),
    ...(known.generatedVariables && {
      generatedVariables: known.generatedVariables.filter((name) => variables.has(name)),
    }),
    ...(known.secretFiles && { secretFiles: pick(known.secretFiles, secretFiles) }),
    ...settingsAsInputs(settings),
    ...(known.customDomains && { customDomains: known.customDomains.filter((name) => isAmong(name, customDomains)) }),
    ...(known.environmentId && service.environmentId && { environmentId: service.environmentId }),
    imageManagement: prior?.imageManagement ?? "declared",
    waitForDeploy: prior?.waitForDeploy ?? true,
  };
}

type Optional =
  | "numInstances"
  | "environmentVariables"
  | "generatedVariables"
  | "secretFiles"
  | "customDomains"
  | "environmentId";

/** All that a program could declare of the service. Which variables Render generated cannot be seen. */
function everything({
  service,
  variables,
  secretFiles,
  customDomains,
}: ObservedService): Pick<WebServiceInputs, Optional> {
  const { numInstances } = service.serviceDetails;
  const own = customDomains.filter((domain) => domain.redirectForName === "").map((domain) => domain.name);
  return {
    ...(numInstances > 1 && { numInstances }),
    environmentVariables: Object.fromEntries(variables),
    ...(secretFiles.size > 0 && { secretFiles: Object.fromEntries(secretFiles) }),
    ...(own.length > 0 && { customDomains: own }),
    ...(service.environmentId && { environmentId: service.environmentId }),
  };
}

/** The image as it was declared, as long as that is what runs; under external management any of its repository is. */
function describeImage({ service, deploys }: ObservedService, prior?: WebServiceInputs): string {
  const current = currentImage(deploys, service.imagePath) ?? service.imagePath;
  const same = prior?.imageManagement === "external" ? sameRepository : sameImage;
  return prior && same(prior.image, current) ? prior.image : current;
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
