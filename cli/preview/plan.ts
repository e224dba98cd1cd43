/**
 * What was reviewed against what would be done now. The engine holds an update to its plan, but only resource by
 * resource while it runs, when others are changed already; so the two plans are compared before.
 */
import { readFile, writeFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { jsonIn } from "../../lib/json-text.ts";
import { SIGNATURE, UNKNOWNS } from "../../providers/kit/markers.ts";
import { nameOf } from "../recover/exported-stack.ts";
import { UserError } from "../user-error.ts";

const planSchema = z.looseObject({
  /** Our own mark; the engine passes over it. */
  delivery: z.object({ refreshed: z.boolean() }).optional(),
  resourcePlans: z.record(
    z.string(),
    z.looseObject({
      steps: z.array(z.string()).nullish(),
      goal: z.looseObject({ inputDiff: z.unknown() }).nullish(),
    }),
  ),
});

/** The engine's plan: what is to be done, by URN. */
export type Plan = z.output<typeof planSchema>;

/**
 * Has a plan that the engine has written say whether the services were read for it. The engine's does not tell: an update
 * that does not read them too would find nothing to do, and leave what was edited by hand as it is.
 */
export async function noteRefreshed(file: string, refreshed: boolean): Promise<void> {
  if (!refreshed) return;
  const plan = await readPlan(file);
  await writeFile(file, JSON.stringify({ ...plan, delivery: { refreshed } }));
}

/** Whether the services were read for a plan. */
export function isRefreshed({ delivery }: Plan): boolean {
  return delivery?.refreshed === true;
}

/** Steps that change nothing at a service. */
const HARMLESS = ["same", "read", "refresh"];

/** Reads a plan. Throws UserError when the file is not there or is no plan. */
export async function readPlan(file: string): Promise<Plan> {
  const again = "Make one with `npx --no delivery preview --save-plan <file>`, on the commit that is to be applied.";
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new UserError(`The plan cannot be read: ${error.message}.`, again);
  });
  const parsed = planSchema.safeParse(jsonIn(text));
  if (!parsed.success) throw new UserError(`${file} is not a plan of the engine.`, again);
  return parsed.data;
}

/**
 * What the update would do otherwise than reviewed, a phrase for each resource. Less than reviewed is no deviation: an
 * update that failed half-way may be run again with its plan.
 */
export function deviations(reviewed: Plan, now: Plan): string[] {
  return Object.entries(now.resourcePlans).flatMap(([urn, { steps, goal }]) => {
    const planned = (steps ?? []).filter((step) => !HARMLESS.includes(step));
    if (planned.length === 0) return [];
    const before = reviewed.resourcePlans[urn];
    const allowed = (before?.steps ?? []).filter((step) => !HARMLESS.includes(step));
    const would = planned.join(", ");
    if (allowed.length === 0) return [`${nameOf(urn)} (${would}; reviewed: no change)`];
    if (!isDeepStrictEqual(planned, allowed)) return [`${nameOf(urn)} (${would}; reviewed: ${allowed.join(", ")})`];
    return fits(before?.goal?.inputDiff, goal?.inputDiff) ? [] : [`${nameOf(urn)} (${would}, with other values)`];
  });
}

/** Whether a value is the one that was reviewed, as far as could be known then. The engine compares what is secret. */
function fits(reviewed: unknown, now: unknown): boolean {
  if (UNKNOWNS.has(reviewed)) return true;
  if (typeof reviewed !== "object" || reviewed === null || typeof now !== "object" || now === null)
    return Object.is(reviewed, now);
  if (SIGNATURE in reviewed && SIGNATURE in now) return reviewed[SIGNATURE] === now[SIGNATURE];
  const [one, other] = [new Map(Object.entries(reviewed)), new Map(Object.entries(now))];
  const keys = new Set([...one.keys(), ...other.keys()]);
  return [...keys].every((key) => fits(one.get(key), other.get(key)));
}
