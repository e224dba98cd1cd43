/** The inputs that a program gives its resources, from the engine's plan. */
import { z } from "zod";
import type { SealedResource } from "./snapshot.ts";

const properties = z.record(z.string(), z.unknown()).nullish();

const planSchema = z.object({
  resourcePlans: z.record(
    z.string(),
    z.object({
      goal: z
        .object({
          inputDiff: z
            .object({ adds: properties, updates: properties, deletes: z.array(z.string()).nullish() })
            .nullish(),
        })
        .nullish(),
    }),
  ),
});

/** Inputs by URN. */
export type PlannedInputs = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** Reads them. What the program does not declare is in no plan. Throws ZodError when the text is no plan. */
export function plannedInputs(plan: string, resources: readonly SealedResource[]): PlannedInputs {
  const { resourcePlans } = planSchema.parse(JSON.parse(plan));
  const planned = new Map<string, Readonly<Record<string, unknown>>>();
  for (const { urn, inputs = {} } of resources) {
    const difference = resourcePlans[urn]?.goal?.inputDiff;
    if (!resourcePlans[urn]?.goal) continue;
    const deleted = difference?.deletes ?? [];
    const kept = Object.entries(inputs).filter(([name]) => !deleted.includes(name));
    planned.set(urn, { ...Object.fromEntries(kept), ...difference?.adds, ...difference?.updates });
  }
  return planned;
}
