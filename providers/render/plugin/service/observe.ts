/** Everything that the provider reads of one service, in one place. */
import { z } from "zod";
import { readAnswer } from "../../../kit/answer.ts";
import { type CustomDomain, serviceDetails as detailsAnswer, type ImageService, type Service } from "../api/answers.ts";
import { listCustomDomains } from "../api/custom-domains.ts";
import { listDeploys } from "../api/deploys.ts";
import { listSecretFiles } from "../api/secret-files.ts";
import { findService } from "../api/services.ts";
import { listVariables } from "../api/variables.ts";
import type { ApiContext } from "../client.ts";
import { type DeployHistory, historyOf } from "../deploys/history.ts";
import { has, type ServiceKind } from "./kinds.ts";

/** A service as it is now. */
export interface ObservedService {
  readonly service: ImageService;
  readonly variables: ReadonlyMap<string, string>;
  readonly secretFiles: ReadonlyMap<string, string>;
  readonly customDomains: readonly CustomDomain[];
  readonly deploys: DeployHistory;
}

/**
 * Reads the service and all that belongs to it; undefined when it is gone, which its workspace's list has to confirm
 * where that is given. Throws when it is of another type.
 */
export async function observeService(
  api: ApiContext,
  kind: ServiceKind,
  id: string,
  ownerId?: string,
): Promise<ObservedService | undefined> {
  const found = await findService(api, id, ownerId);
  if (!found) return undefined;
  const service = asKind(kind, found);
  const [variables, secretFiles, customDomains, deploys] = await Promise.all([
    listVariables(api, id),
    listSecretFiles(api, id),
    has(kind, "customDomains") ? listCustomDomains(api, id) : [],
    listDeploys(api, id),
  ]);
  return { service, variables, secretFiles, customDomains, deploys: historyOf(deploys) };
}

/** The same for a service that must be there. */
export async function observeExisting(
  api: ApiContext,
  kind: ServiceKind,
  id: string,
  ownerId: string,
): Promise<ObservedService> {
  const observed = await observeService(api, kind, id, ownerId);
  if (!observed) throw new Error(`service ${id} does not exist any more; run \`pulumi refresh\`, then \`pulumi up\``);
  return observed;
}

/** The service with its details. Throws when it is of another type, or runs from a Git repository. */
export function asKind(kind: ServiceKind, service: Service): ImageService {
  const { imagePath } = service;
  if (service.type === kind.type && imagePath) {
    const request = { service: "Render", method: "GET", path: `/services/${service.id}` };
    const { serviceDetails } = readAnswer(z.object({ serviceDetails: detailsAnswer }), service, request);
    return { ...service, imagePath, serviceDetails };
  }
  const is = service.type === kind.type ? `${service.type} without an image` : service.type;
  throw new Error(
    `service ${service.id} ("${service.name}") is a ${is}; only a ${kind.noun} that runs an image fits here`,
  );
}
