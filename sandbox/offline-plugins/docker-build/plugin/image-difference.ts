/** What the vendor's plugin takes for a change of an Image. Each is an update; nothing replaces. */
import type { PriorState, PropertyDifference } from "../../../../providers/kit/resource.ts";
import { canonical, isZero } from "../../bridge/value.ts";
import type { ImageInputs, ImageOutputs, Registry } from "./image-schema.ts";

const compared = [
  "buildArgs",
  "buildOnPreview",
  "cacheFrom",
  "cacheTo",
  "dockerfile",
  "labels",
  "network",
  "platforms",
  "pull",
  "push",
  "tags",
  "target",
] as const;

/** The changes that show in the inputs. Not among them: a registry's password, and build secrets named as ignored. */
export function imageDifferences(
  prior: PriorState<ImageInputs, ImageOutputs>,
  inputs: Partial<ImageInputs>,
): PropertyDifference[] {
  const old = prior.outputs;
  const names: string[] = compared.filter((name) => differ(old[name], inputs[name]));
  if (old.context?.location !== inputs.context?.location) names.push("context.location");
  if (secretsDiffer(old.secrets, inputs)) names.push("secrets");
  const registry = changedRegistry(old.registries ?? [], inputs.registries ?? []);
  if (registry !== undefined) names.push(registry);
  return names.map((property) => ({ property, kind: "update" }));
}

function differ(first: unknown, second: unknown): boolean {
  if (isZero(first) && isZero(second)) return false;
  return canonical(first) !== canonical(second);
}

function secretsDiffer(old: ImageInputs["secrets"] = {}, inputs: Partial<ImageInputs>): boolean {
  const { secrets = {}, ignoreSecretsInDiffCalculation: ignored = [] } = inputs;
  const inBoth = ignored.filter((name) => name in old && name in secrets);
  const rest = (all: Readonly<Record<string, string>>): unknown =>
    Object.entries(all)
      .filter(([name]) => !inBoth.includes(name))
      .sort(([first], [second]) => first.localeCompare(second));
  return JSON.stringify(rest(old)) !== JSON.stringify(rest(secrets));
}

function changedRegistry(old: readonly Registry[], declared: readonly Registry[]): string | undefined {
  if (old.length !== declared.length) return "registries";
  const index = declared.findIndex(
    ({ address, username }, position) =>
      address !== old[position]?.address || (username ?? "") !== (old[position]?.username ?? ""),
  );
  return index < 0 ? undefined : `registries[${index}]`;
}
