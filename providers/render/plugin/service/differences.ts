/**
 * Which differences in the inputs are changes. What an import found belongs to nobody until a program declares it:
 * a variable, file or domain that is in the recorded inputs and not in the outputs was there before the adoption.
 */
import type { PriorState } from "../../../kit/resource.ts";
import { sameImage, sameRepository } from "../image-reference.ts";
import type { ServiceInputs } from "./inputs.ts";
import type { ServiceOutputs } from "./outputs.ts";

type Prior = PriorState<Partial<ServiceInputs>, Partial<ServiceOutputs>>;

/** Whether a difference at this path is a change of the service. */
export function isChange(
  [property, entry]: readonly (string | number)[],
  prior: Prior,
  inputs: Partial<ServiceInputs>,
): boolean {
  switch (property) {
    case "environmentVariables":
    case "secretFiles":
      return mapChange(entry, prior.outputs[property], inputs[property]);
    case "generatedVariables":
      return generatedChange(prior, inputs);
    case "customDomains":
      return domainChange(prior, inputs);
    case "environmentId":
      return inputs.environmentId !== undefined || prior.outputs.environmentId !== undefined;
    case "numInstances":
      return inputs.numInstances !== undefined;
    case "autoscaling":
      return inputs.autoscaling !== undefined || prior.outputs.autoscaling !== undefined;
    case "disk":
      // A declared one is not dropped: that is refused.
      return inputs.disk !== undefined;
    case "imageManagement":
      // Handing the image over to a pipeline leaves everything as it is.
      return inputs.imageManagement !== "external";
    case "image":
      return imageChange(prior.inputs.image, inputs);
    default:
      return true;
  }
}

/** A dropped entry counts when it was declared, and an entry that is declared now always does. */
function mapChange(
  entry: string | number | undefined,
  before: Readonly<Record<string, string>> = {},
  now: Readonly<Record<string, string>> = {},
): boolean {
  if (entry === undefined) return Object.keys({ ...before, ...now }).length > 0;
  return Object.hasOwn(now, entry) || Object.hasOwn(before, entry);
}

/** A generated variable that is there already keeps its value. */
function generatedChange({ inputs: old, outputs }: Prior, inputs: Partial<ServiceInputs>): boolean {
  const before = old.generatedVariables ?? [];
  const now = inputs.generatedVariables ?? [];
  const existing = new Set([...before, ...(outputs.undeclaredVariables ?? [])]);
  return before.some((name) => !now.includes(name)) || now.some((name) => !existing.has(name));
}

/** The order of domains does not matter. */
function domainChange({ inputs: old, outputs }: Prior, inputs: Partial<ServiceInputs>): boolean {
  const before = old.customDomains ?? [];
  const now = inputs.customDomains ?? [];
  const dropped = before.filter((name) => !now.includes(name));
  return now.some((name) => !before.includes(name)) || dropped.some((name) => outputs.customDomains?.includes(name));
}

/** Under external management the tag or digest is the pipeline's. */
function imageChange(before: string | undefined, inputs: Partial<ServiceInputs>): boolean {
  if (before === undefined || inputs.image === undefined) return true;
  const same = inputs.imageManagement === "external" ? sameRepository : sameImage;
  return !same(before, inputs.image);
}
