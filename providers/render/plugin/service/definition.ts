/** The resource of a type of service: all of them differ in what their type has, and in nothing else. */
import type { ResourceDefinition } from "../../../kit/resource.ts";
import { deleteService } from "../api/services.ts";
import type { RenderClient } from "../client.ts";
import { checkService } from "./check.ts";
import { createService } from "./create.ts";
import { isChange } from "./differences.ts";
import { diskRefusals } from "./disk.ts";
import type { ServiceInputs } from "./inputs.ts";
import { has, only, type ServiceKind } from "./kinds.ts";
import type { ServiceOutputs } from "./outputs.ts";
import { checkPlanChange } from "./plan-change.ts";
import { readService } from "./read.ts";
import { needsDeploy } from "./settings.ts";
import { updateService } from "./update.ts";

/** Inputs besides settings that decide what a deploy runs. */
const DEPLOYED = new Set([
  "image",
  // What a pipeline has deployed gives way to the declared image.
  "imageManagement",
  "registryCredentialId",
  "environmentVariables",
  "generatedVariables",
  "secretFiles",
  "disk",
]);

/** Outputs that a deploy decides. */
const DECIDED_BY_DEPLOY = ["deployId", "deployStatus", "liveImage", "liveDigest"];

/** Outputs that follow from an input. */
const CONSEQUENCES: Readonly<Record<string, readonly string[]>> = {
  environmentVariables: ["undeclaredVariables"],
  generatedVariables: ["undeclaredVariables"],
  secretFiles: ["undeclaredSecretFiles"],
  customDomains: ["customDomainStatus"],
  disk: ["diskId"],
};

/** The definition of a type. A name is unique in its workspace, so a replaced service goes first. */
export function serviceDefinition(
  kind: ServiceKind,
  description: string,
): ResourceDefinition<RenderClient, ServiceInputs, ServiceOutputs> {
  return {
    token: kind.token,
    description,
    inputs: kind.inputs,
    outputs: kind.outputs,
    secrets: ["secretFiles"],
    secretOnImport: ["environmentVariables.*"],
    replaceOnChanges: ["ownerId", "region"],
    deleteBeforeReplace: ["ownerId", "region"],
    // What the type does not have was refused already.
    check: (inputs, prior) => [...checkService(only(kind, inputs)), ...checkPlanChange(inputs, prior)],
    ...(has(kind, "disk") && { refusals: diskRefusals }),
    isChange,
    unstable,
    create: (context, inputs) => createService(kind, context, inputs),
    read: (context, id, prior) => readService(kind, context, id, prior),
    update: (context, id, prior, inputs) => updateService(kind, context, id, prior, inputs),
    delete: (context, id, { inputs: declared }) => deleteService(context, id, declared.ownerId),
  };
}

function unstable(changed: readonly string[]): readonly string[] {
  const deployed = changed.some((name) => DEPLOYED.has(name) || needsDeploy(name));
  return [...(deployed ? DECIDED_BY_DEPLOY : []), ...changed.flatMap((name) => CONSEQUENCES[name] ?? [])];
}
