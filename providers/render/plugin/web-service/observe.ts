/** Everything that the provider reads of one web service, in one place. */
import { z } from "zod";
import { readAnswer } from "../../../kit/answer.ts";
import { type CustomDomain, type Service, type WebService, webServiceDetails } from "../api/answers.ts";
import { listCustomDomains } from "../api/custom-domains.ts";
import { listDeploys } from "../api/deploys.ts";
import { listSecretFiles } from "../api/secret-files.ts";
import { findService } from "../api/services.ts";
import { listVariables } from "../api/variables.ts";
import type { ApiContext } from "../client.ts";
import { type DeployHistory, historyOf } from "../deploys/history.ts";

/** A web service as it is now. */
export interface ObservedService {
  readonly service: WebService;
  readonly variables: ReadonlyMap<string, string>;
  readonly secretFiles: ReadonlyMap<string, string>;
  readonly customDomains: readonly CustomDomain[];
  readonly deploys: DeployHistory;
}

/**
 * Reads the service and all that belongs to it; undefined when it is gone, which its workspace's list has to confirm
 * where that is given. Throws when it is no web service.
 */
export async function observeService(
  api: ApiContext,
  id: string,
  ownerId?: string,
): Promise<ObservedService | undefined> {
  const found = await findService(api, id, ownerId);
  if (!found) return undefined;
  const service = asWebService(found);
  const [variables, secretFiles, customDomains, deploys] = await Promise.all([
    listVariables(api, id),
    listSecretFiles(api, id),
    listCustomDomains(api, id),
    listDeploys(api, id),
  ]);
  return { service, variables, secretFiles, customDomains, deploys: historyOf(deploys) };
}

/** The same for a service that must be there. */
export async function observeExisting(api: ApiContext, id: string, ownerId: string): Promise<ObservedService> {
  const observed = await observeService(api, id, ownerId);
  if (!observed) throw new Error(`service ${id} does not exist any more; run \`pulumi refresh\`, then \`pulumi up\``);
  return observed;
}

/** The service with its details. Throws when it is of another type, or runs from a Git repository. */
export function asWebService(service: Service): WebService {
  const { imagePath } = service;
  if (service.type === "web_service" && imagePath) {
    const request = { service: "Render", method: "GET", path: `/services/${service.id}` };
    const { serviceDetails } = readAnswer(z.object({ serviceDetails: webServiceDetails }), service, request);
    return { ...service, imagePath, serviceDetails };
  }
  const kind = service.type === "web_service" ? "web_service without an image" : service.type;
  throw new Error(
    `service ${service.id} ("${service.name}") is a ${kind}; only a web service that runs an image fits here`,
  );
}
