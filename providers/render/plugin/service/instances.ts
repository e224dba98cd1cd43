/** How many instances a service can have, with autoscaling or a disk ("Scaling Render Services", "Persistent Disks"). */
import type { CheckFailure } from "../../../kit/resource.ts";
import type { ServiceInputs } from "./inputs.ts";

/** What of the declared instances does not go together. Unknown values are absent. */
export function checkInstances({ plan, numInstances, autoscaling, disk }: Partial<ServiceInputs>): CheckFailure[] {
  const fail = (property: string, reason: string): CheckFailure => ({ property, reason });
  const { min, max, cpu, memory } = autoscaling ?? {};
  return [
    ...(min !== undefined && max !== undefined && min > max
      ? [fail("autoscaling.min", `is ${min}, and max is ${max}; declare a min of at most ${max}`)]
      : []),
    ...(autoscaling && cpu === undefined && memory === undefined
      ? [fail("autoscaling", "aims at nothing; declare cpu, memory, or both, in percent")]
      : []),
    ...(autoscaling && numInstances !== undefined
      ? [fail("numInstances", `is ${numInstances}, and autoscaling chooses the number; leave one of them out`)]
      : []),
    ...(disk && autoscaling
      ? [fail("autoscaling", "is not possible with a disk, which one instance alone can have; leave one of them out")]
      : []),
    ...(disk && numInstances !== undefined && numInstances > 1
      ? [
          fail(
            "numInstances",
            `is ${numInstances}, and a disk can have one instance alone; declare 1, or leave out the disk`,
          ),
        ]
      : []),
    ...(plan === "free" && disk ? [fail("disk", 'is not offered in the plan "free"; declare a paid plan')] : []),
    ...(plan === "free" && autoscaling
      ? [fail("autoscaling", 'is not offered in the plan "free"; declare a paid plan')]
      : []),
  ];
}
