/** The WebService resource. */
import type { ResourceDefinition } from "../../kit/resource.ts";
import { deleteService } from "./api/services.ts";
import type { RenderClient } from "./client.ts";
import { createWebService } from "./web-service/create.ts";
import { isChange } from "./web-service/differences.ts";
import { checkWebService, type WebServiceInputs, webServiceInputs } from "./web-service/inputs.ts";
import { type WebServiceOutputs, webServiceOutputs } from "./web-service/outputs.ts";
import { checkPlanChange } from "./web-service/plan-change.ts";
import { readWebService } from "./web-service/read.ts";
import { needsDeploy } from "./web-service/settings.ts";
import { updateWebService } from "./web-service/update.ts";

/** Inputs besides settings that decide what a deploy runs. */
const DEPLOYED = new Set([
  "image",
  // What a pipeline has deployed gives way to the declared image.
  "imageManagement",
  "registryCredentialId",
  "environmentVariables",
  "generatedVariables",
  "secretFiles",
]);

/** Outputs that a deploy decides. */
const DECIDED_BY_DEPLOY = ["deployId", "deployStatus", "liveImage", "liveDigest"];

/** Outputs that follow from an input. */
const CONSEQUENCES: Readonly<Record<string, readonly string[]>> = {
  environmentVariables: ["undeclaredVariables"],
  generatedVariables: ["undeclaredVariables"],
  secretFiles: ["undeclaredSecretFiles"],
  customDomains: ["customDomainStatus"],
};

/** A web service that runs an image. A name is unique in its workspace, so a replaced service goes first. */
export const webService: ResourceDefinition<RenderClient, WebServiceInputs, WebServiceOutputs> = {
  token: "render:index:WebService",
  description:
    "A web service on Render that runs a container image (Render Public API, Services). Create and update follow the " +
    "deploy until it is live, as long as Render itself lets each of its steps take; `customTimeouts` shorten that. A failed " +
    "deploy leaves the old image serving. Import by id (`srv-…`) or name.",
  inputs: webServiceInputs,
  outputs: webServiceOutputs,
  secrets: ["secretFiles"],
  secretOnImport: ["environmentVariables.*"],
  replaceOnChanges: ["ownerId", "region"],
  deleteBeforeReplace: ["ownerId", "region"],
  check: (inputs, prior) => [...checkWebService(inputs), ...checkPlanChange(inputs, prior)],
  isChange,
  unstable,
  create: createWebService,
  read: readWebService,
  update: updateWebService,
  delete: (context, id, { inputs: declared }) => deleteService(context, id, declared.ownerId),
};

function unstable(changed: readonly string[]): readonly string[] {
  const deployed = changed.some((name) => DEPLOYED.has(name) || needsDeploy(name));
  return [...(deployed ? DECIDED_BY_DEPLOY : []), ...changed.flatMap((name) => CONSEQUENCES[name] ?? [])];
}
