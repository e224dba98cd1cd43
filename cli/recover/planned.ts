/** What the next `up` would create. An earlier one may have made it, and its answer was lost. */
import { z } from "zod";
import { jsonIn } from "../../lib/json-text.ts";
import { UNKNOWNS } from "../../providers/kit/markers.ts";
import type { Pulumi } from "../pulumi.ts";
import type { StateResource } from "./exported-stack.ts";
import { previewErrors } from "./preview-errors.ts";
import type { Step } from "./proof.ts";

const resource = z.object({
  type: z.string(),
  custom: z.boolean().default(false),
  parent: z.string().optional(),
  provider: z.string().optional(),
  protect: z.boolean().default(false),
  inputs: z.record(z.string(), z.unknown()).nullish(),
});
const preview = z.object({
  steps: z.array(z.object({ op: z.string(), urn: z.string(), newState: resource.nullish() })).default([]),
});

const CREATES = new Set(["create", "create-replacement"]);

/** The steps of a preview. */
export interface Planned {
  /** All of them, in their order. */
  readonly steps: readonly Step[];
  /** Resources of services that would be made, with the inputs that are known before. */
  readonly creates: readonly StateResource[];
  /** Operations by URN. */
  readonly operations: ReadonlyMap<string, string>;
  /** Why there is no preview; nothing is known then. */
  readonly problem?: string;
}

/** Previews the stack. A preview that fails is told and is no error: the program is not what is being recovered. */
export async function planned(pulumi: Pulumi): Promise<Planned> {
  const result = await pulumi.run("preview", "--json");
  const { data } = preview.safeParse(jsonIn(result.stdout));
  if (result.code !== 0 || !data)
    return { steps: [], creates: [], operations: new Map(), problem: previewErrors(result) };
  return {
    steps: data.steps.map(({ op, urn }) => ({ op, urn })),
    creates: data.steps.flatMap(({ op, urn, newState }) => {
      if (!CREATES.has(op) || !newState?.custom || newState.type.startsWith("pulumi:")) return [];
      const inputs = Object.entries(newState.inputs ?? {}).filter(([, value]) => !UNKNOWNS.has(value));
      const { type, parent, provider, protect } = newState;
      return { urn, type, parent, provider, protect, delete: false, inputs: Object.fromEntries(inputs) };
    }),
    operations: new Map(data.steps.map(({ op, urn }) => [urn, op])),
  };
}
