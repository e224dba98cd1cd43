/** The disk of a service: how it comes to what is declared, and what is refused because data would be lost. */
import { isDeepStrictEqual } from "node:util";
import type { CheckFailure } from "../../../kit/resource.ts";
import type { ImageService } from "../api/answers.ts";
import type { Disk, ServiceInputs } from "./inputs.ts";
import type { ServiceOutputs } from "./outputs.ts";
import { isAutoscaled } from "./settings.ts";

/** The write that makes the declared disk true; none when it is as declared, or none is declared. */
export type DiskChange = { readonly add: Disk } | { readonly id: string; readonly set: Partial<Disk> };

/** The disk that a service has, as inputs declare it. */
export function diskOf({ serviceDetails: { disk } }: ImageService): Disk | undefined {
  return disk && { name: disk.name, mountPath: disk.mountPath, sizeGB: disk.sizeGB };
}

/** The write from what the service has to what is declared. A disk that nobody declares is left alone. */
export function diskChange(service: ImageService, declared: Disk | undefined): DiskChange | undefined {
  if (!declared) return undefined;
  const actual = diskOf(service);
  const id = service.serviceDetails.disk?.id;
  if (!actual || id === undefined) return { add: declared };
  const names = (Object.keys(declared) as (keyof Disk)[]).filter((name) => actual[name] !== declared[name]);
  if (names.length === 0) return undefined;
  return { id, set: Object.fromEntries(names.map((name) => [name, declared[name]])) };
}

/** Whether the disk is found elsewhere than before, which takes a deploy ("Add disk", "Update disk"). */
export function isMountedAnew(service: ImageService, before: Disk | undefined, declared: Disk | undefined): boolean {
  const paths = [diskOf(service)?.mountPath, before?.mountPath];
  return declared !== undefined && paths.some((path) => path !== declared.mountPath);
}

/** What of a declaration would cost the data on the disk, each with the step to take. Unknown values are absent. */
export function diskRefusals(
  { inputs: old, outputs }: { readonly inputs: Partial<ServiceInputs>; readonly outputs: Partial<ServiceOutputs> },
  inputs: Partial<ServiceInputs>,
  unknown: ReadonlySet<string>,
): CheckFailure[] {
  const at = outputs.dashboardUrl || "https://dashboard.render.com";
  const dropped = outputs.disk && !inputs.disk && !unknown.has("disk");
  const replacing = (["ownerId", "region"] as const).filter(
    (name) => outputs.diskId !== undefined && inputs[name] !== undefined && inputs[name] !== outputs[name],
  );
  return [
    ...(dropped
      ? [
          {
            property: "disk",
            reason:
              `is ${outputs.disk?.sizeGB} GB at ${outputs.disk?.mountPath}, and without it all data on it would be lost. ` +
              `Declare it again; or save what is on it, delete it at ${at}/disks, and run \`pulumi refresh\` and \`pulumi up\``,
          },
        ]
      : []),
    ...sizeRefusal(outputs.disk ?? old.disk, inputs.disk),
    ...replacing.map((property) => ({
      property,
      reason:
        `is "${outputs[property]}", and a service with "${inputs[property]}" would be another one, without the data on the ` +
        `disk of this one. Declare "${outputs[property]}"; or make the other service under another name, copy the data, and ` +
        "delete this one when nothing uses it",
    })),
  ];
}

/** The refusal of a smaller disk: "the new size must be greater than the current size" ("Update disk"). */
export function sizeRefusal(actual: Disk | undefined, declared: Partial<Disk> | undefined): CheckFailure[] {
  if (!actual || declared?.sizeGB === undefined || declared.sizeGB >= actual.sizeGB) return [];
  return [
    {
      property: "disk.sizeGB",
      reason: `is ${actual.sizeGB}, and a disk never shrinks. Declare ${actual.sizeGB} or more`,
    },
  ];
}

/**
 * What keeps a disk from being written, of the service as it is; undefined when nothing does. Autoscaling that was declared
 * `before` is switched off in the same update.
 */
export function diskObstacle(
  service: ImageService,
  before: Pick<ServiceInputs, "autoscaling">,
  inputs: ServiceInputs,
): string | undefined {
  const { disk, numInstances } = inputs;
  if (!disk || isDeepStrictEqual(disk, diskOf(service))) return undefined;
  const [size] = sizeRefusal(diskOf(service), disk);
  if (size) return `${size.property} ${size.reason}`;
  const { numInstances: actual } = service.serviceDetails;
  if (isAutoscaled(service) && !before.autoscaling)
    return `disk: autoscaling is on, and a disk can have one instance alone. Switch it off at ${service.dashboardUrl}`;
  if (actual > 1 && numInstances === undefined)
    return `disk: there are ${actual} instances, and a disk can have one alone. Declare numInstances: 1`;
  return undefined;
}
