/**
 * Whether a stack's state holds all that an update by a plan would leave in it. "No changes" says it of what is at a
 * service; an update also writes protection, dependencies, providers and outputs, which cost no service a request.
 * Source: Pulumi, "pkg/backend/snapshot.go" (mustWrite: for what the engine writes a state), and
 * "sdk/go/common/apitype/plan.go".
 */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { jsonIn } from "../../lib/json-text.ts";
import type { EngineEvent } from "../engine-events/index.ts";

/** Lists and maps that say nothing are left out of a state, of a plan, or of both. */
const said = z
  .unknown()
  .optional()
  .transform((value) => (isEmpty(value) ? undefined : value));
const urns = z
  .array(z.string())
  .nullish()
  .transform((value) => [...(value ?? [])].sort());
const byProperty = z
  .record(z.string(), urns)
  .nullish()
  .transform((value) => Object.fromEntries(Object.entries(value ?? {}).filter(([, list]) => list.length > 0)));

/** What a state and the goal of a plan both say of a resource. */
const both = {
  type: z.string(),
  custom: z.boolean().default(false),
  parent: z.string().default(""),
  provider: z.string().default(""),
  protect: z.boolean().default(false),
  dependencies: urns,
  propertyDependencies: byProperty,
  deleteBeforeReplace: z.boolean().default(false),
  ignoreChanges: urns,
  additionalSecretOutputs: urns,
  customTimeouts: said,
};

/** Of what stands in a state alone, none may be there: an update does away with it. */
const transient = { delete: said, initErrors: said, pendingReplacement: said, taint: said, external: said };
const resource = z.object({ urn: z.string(), ...both, ...transient });
const stateSchema = z.object({ deployment: z.object({ resources: z.array(resource) }) });

const goal = z.object({ ...both, inputDiff: said, outputDiff: said, aliases: said, structuredAliases: said });
const planSchema = z.object({
  resourcePlans: z.record(z.string(), z.object({ steps: z.array(z.string()), goal: goal.nullish() })),
});

/** What a preview has told, and the state that it was made of. */
export interface Told {
  /** The engine's plan, as it has written it. */
  readonly plan: string;
  readonly events: readonly EngineEvent[];
  /** The output of `pulumi stack export`. */
  readonly exported: string;
}

/** Says so only where it is certain; what is of another form than expected is not. */
export function isRecorded({ plan, events, exported }: Told): boolean {
  const [state, planned] = [stateSchema.safeParse(jsonIn(exported)), planSchema.safeParse(jsonIn(plan))];
  if (!state.success || !planned.success) return false;
  const { resources } = state.data.deployment;
  const plans = new Map(Object.entries(planned.data.resourcePlans));
  if (resources.length === 0 || resources.length !== plans.size) return false;
  return resources.every((one) => isAsPlanned(one, plans.get(one.urn))) && events.every(isRetainedAsBefore);
}

function isAsPlanned(
  one: z.output<typeof resource>,
  plan: z.output<typeof planSchema>["resourcePlans"][string] | undefined,
): boolean {
  const wanted = plan?.goal;
  if (!wanted || plan.steps.some((step) => step !== "same")) return false;
  const { inputDiff, outputDiff, aliases, structuredAliases } = wanted;
  const changes = [inputDiff, outputDiff, aliases, structuredAliases];
  const leftovers = (Object.keys(transient) as (keyof typeof transient)[]).map((name) => one[name]);
  if ([...changes, ...leftovers].some((value) => value !== undefined)) return false;
  return (Object.keys(both) as (keyof typeof both)[]).every((name) => isDeepStrictEqual(one[name], wanted[name]));
}

/** The one option of a resource that stands in no plan. */
function isRetainedAsBefore({ resourcePreEvent }: EngineEvent): boolean {
  const { old, new: made } = resourcePreEvent?.metadata ?? {};
  return old?.retainOnDelete === made?.retainOnDelete;
}

function isEmpty(value: unknown): boolean {
  if (typeof value !== "object") return value === undefined || value === false;
  return value === null || Object.keys(value).length === 0;
}
