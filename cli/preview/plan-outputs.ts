/**
 * What a plan promises of components' and the stack's outputs, which the engine holds an update to after the change is
 * made. They follow from resources, and what a provider's preview gives for those may be what they had before: the
 * address of a repository that is renamed, every address where a service has moved.
 * Source: Pulumi, "pkg/resource/deploy/plan.go" (checkOutputs); an unknown value in a plan stands for any.
 */
import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import { UNKNOWN_TEXT } from "../../providers/kit/markers.ts";

const properties = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {});
const difference = z.looseObject({
  adds: properties,
  updates: properties,
  deletes: z
    .array(z.string())
    .nullish()
    .transform((value) => value ?? []),
});
const resourcePlan = z.looseObject({
  goal: z.looseObject({ custom: z.boolean().default(true), outputDiff: difference.prefault({}) }).nullish(),
  state: properties,
});
const plan = z.looseObject({ resourcePlans: z.record(z.string(), resourcePlan) });

/** Takes the promises out of the plan in a file; a file that holds none is left as it is. */
export async function promiseNoOutputs(file: string): Promise<void> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return;
  const { success, data } = plan.safeParse(JSON.parse(text));
  if (!success) return;
  for (const { goal, state } of Object.values(data.resourcePlans)) {
    if (!goal || goal.custom) continue;
    const { adds, updates, deletes } = goal.outputDiff;
    const isAdded = (name: string): boolean => Object.hasOwn(adds, name);
    const kept = [...Object.keys(updates), ...deletes, ...Object.keys(state)].filter((name) => !isAdded(name));
    goal.outputDiff = { adds: anyOf(Object.keys(adds)), updates: anyOf(kept), deletes: [] };
  }
  await writeFile(file, JSON.stringify(data), { mode: 0o600 });
}

function anyOf(names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, UNKNOWN_TEXT]));
}
