/** The WebService resource. */
import type { ResourceDefinition } from "../../kit/resource.ts";
import { deleteService } from "./api/services.ts";
import type { RenderClient } from "./client.ts";
import { createWebService } from "./web-service/create.ts";
import { checkWebService, type WebServiceInputs, webServiceInputs } from "./web-service/inputs.ts";
import { type WebServiceOutputs, webServiceOutputs } from "./web-service/outputs.ts";
import { readWebService } from "./web-service/read.ts";
import { needsDeploy } from "./web-service/settings.ts";
import { updateWebService } from "./web-service/update.ts";

/** Inputs besides settings that decide what a deploy runs. */
const DEPLOYED = new Set([
  "image",
  "registryCredentialId",
  "environmentVariables",
  "generatedVariables",
  "secretFiles",
]);

/** A web service that runs an image. A name is unique in its workspace, so a replaced service goes first. */
export const webService: ResourceDefinition<RenderClient, WebServiceInputs, WebServiceOutputs> = {
  token: "render:index:WebService",
  description:
    "A web service on Render that runs a container image (Render Public API, Services). Create and update follow the " +
    "deploy until it is live; a failed deploy leaves the old image serving. Import by id (`srv-…`) or name.",
  inputs: webServiceInputs,
  outputs: webServiceOutputs,
  secrets: ["secretFiles"],
  secretOnImport: ["environmentVariables.*"],
  replaceOnChanges: ["ownerId", "region"],
  deleteBeforeReplace: ["ownerId", "region"],
  check: checkWebService,
  unstable,
  create: createWebService,
  read: readWebService,
  update: updateWebService,
  delete: (context, id) => deleteService(context, id),
};

function unstable(changed: readonly string[]): readonly (keyof WebServiceOutputs)[] {
  return [
    ...(changed.some((name) => DEPLOYED.has(name) || needsDeploy(name))
      ? (["deployId", "deployStatus", "liveImage", "liveDigest"] as const)
      : []),
    ...(changed.includes("environmentVariables") || changed.includes("generatedVariables")
      ? (["undeclaredVariables"] as const)
      : []),
    ...(changed.includes("customDomains") ? (["customDomainStatus"] as const) : []),
  ];
}
