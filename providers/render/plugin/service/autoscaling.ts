/** Autoscaling of a service: how Render writes it, and how it comes to what is declared. */
import { isDeepStrictEqual } from "node:util";
import type { ImageService } from "../api/answers.ts";
import type { Autoscaling } from "./inputs.ts";
import { isAutoscaled } from "./settings.ts";

/** The write that makes the declared autoscaling true. */
export type AutoscalingChange = { readonly set: object } | "remove";

/** Stands for a target that is not looked at; a request has to name one (schema `autoscaling`). */
const UNUSED_TARGET = 70;

/** Autoscaling as inputs declare it; undefined while it is off. */
export function autoscalingOf(service: ImageService): Autoscaling | undefined {
  const { autoscaling } = service.serviceDetails;
  if (!autoscaling || !isAutoscaled(service)) return undefined;
  const { min, max, criteria } = autoscaling;
  return {
    ...{ min, max },
    ...(criteria?.cpu?.enabled && { cpu: criteria.cpu.percentage }),
    ...(criteria?.memory?.enabled && { memory: criteria.memory.percentage }),
  };
}

/** The write from what the service has to what is declared; `before` tells whether it was ours to switch off. */
export function autoscalingChange(
  service: ImageService,
  before: Autoscaling | undefined,
  declared: Autoscaling | undefined,
): AutoscalingChange | undefined {
  const actual = autoscalingOf(service);
  if (!declared) return before && actual ? "remove" : undefined;
  return isDeepStrictEqual(declared, actual) ? undefined : { set: autoscalingRequest(declared) };
}

/** Autoscaling as a request writes it. */
export function autoscalingRequest({ min, max, cpu, memory }: Autoscaling): object {
  const criterion = (percentage: number | undefined) => ({
    enabled: percentage !== undefined,
    percentage: percentage ?? UNUSED_TARGET,
  });
  return { enabled: true, min, max, criteria: { cpu: criterion(cpu), memory: criterion(memory) } };
}
