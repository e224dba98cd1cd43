/** Why an update of a service needs a deploy. Reasons hold names, never values. */
import { currentImage, hasFailed } from "../deploys/history.ts";
import { sameImage } from "../image-reference.ts";
import { isMountedAnew } from "./disk.ts";
import type { ServiceInputs } from "./inputs.ts";
import type { ServiceKind } from "./kinds.ts";
import type { ObservedService } from "./observe.ts";
import type { ServiceOutputs } from "./outputs.ts";
import { redeclaredFiles, type SecretFileChanges } from "./secret-files.ts";
import { actualSettings, declaredSettings, differingSettings, needsDeploy } from "./settings.ts";
import { redeclaredVariables, type VariableChanges } from "./variables.ts";

/** What the update writes, as far as a deploy makes it effective. */
export interface DeployedChanges {
  readonly image: string;
  readonly variables: VariableChanges;
  readonly secretFiles: SecretFileChanges;
}

/**
 * The reasons for a deploy; none is needed when there are none. What differs from the last declaration counts even
 * when the service has it already: an interrupted run may have written it and not deployed.
 */
export function deployReasons(
  kind: ServiceKind,
  observed: ObservedService,
  before: ServiceOutputs,
  inputs: ServiceInputs,
  changes: DeployedChanges,
): readonly string[] {
  const reasons = [
    ...imageReasons(observed, before, inputs, changes.image),
    ...settingReasons(kind, observed, before, inputs),
    ...(isMountedAnew(observed.service, before.disk, inputs.disk) ? ["disk"] : []),
    ...variableReasons(changes.variables, before, inputs),
    ...fileReasons(changes.secretFiles, before, inputs),
  ];
  return [...new Set(reasons)];
}

function imageReasons(
  { service, deploys }: ObservedService,
  before: ServiceOutputs,
  inputs: ServiceInputs,
  image: string,
): string[] {
  const credential = inputs.registryCredentialId;
  const newest = deploys.newest;
  const ours = inputs.imageManagement === "declared" || newest?.id === before.deployId;
  const abandoned = newest && hasFailed(newest) && ours;
  return [
    ...(sameImage(currentImage(deploys, service.imagePath), image) ? [] : ["image"]),
    ...(service.registryCredential?.id === credential && before.registryCredentialId === credential
      ? []
      : ["registryCredentialId"]),
    ...(abandoned ? [`deploy ${newest.id} ended as ${newest.status}`] : []),
  ];
}

function settingReasons(
  kind: ServiceKind,
  { service }: ObservedService,
  before: ServiceOutputs,
  inputs: ServiceInputs,
): string[] {
  const declared = declaredSettings(kind, inputs);
  const names = [
    ...differingSettings(actualSettings(kind, service), declared),
    ...differingSettings(declaredSettings(kind, before), declared),
  ];
  return names.filter(needsDeploy);
}

function variableReasons(changes: VariableChanges, before: ServiceOutputs, inputs: ServiceInputs): string[] {
  const names = [
    ...changes.set.map(({ name }) => name),
    ...changes.generate,
    ...changes.remove,
    ...redeclaredVariables(before, inputs),
  ];
  return names.map((name) => `variable ${name}`);
}

function fileReasons(changes: SecretFileChanges, before: ServiceOutputs, inputs: ServiceInputs): string[] {
  const names = [
    ...changes.set.map(({ name }) => name),
    ...changes.remove,
    ...redeclaredFiles(before, inputs.secretFiles),
  ];
  return names.map((name) => `secret file ${name}`);
}
