/** What a stack's state holds, from `pulumi stack export`. */
import { z } from "zod";

const exported = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.object({
          urn: z.string(),
          id: z.string().optional(),
          type: z.string(),
          inputs: z.record(z.string(), z.unknown()).default({}),
          outputs: z.record(z.string(), z.unknown()).default({}),
          initErrors: z.array(z.string()).optional(),
        }),
      )
      .default([]),
    pending_operations: z.array(z.unknown()).default([]),
  }),
});

export type ResourceState = z.infer<typeof exported>["deployment"]["resources"][number];

/** The resources of a stack. */
export interface StackState {
  readonly resources: readonly ResourceState[];
  /** Creates, updates and deletes whose end is not known. */
  readonly pendingOperations: number;
  /** The one resource of a type. Throws when there is none, or more than one. */
  only(type: string): ResourceState;
}

/** Reads an exported state. */
export function stackState(json: string): StackState {
  const { resources, pending_operations } = exported.parse(JSON.parse(json)).deployment;
  return {
    resources,
    pendingOperations: pending_operations.length,
    only(type) {
      const [found, ...others] = resources.filter((resource) => resource.type === type);
      if (!found || others.length > 0) throw new Error(`the state holds ${found ? "several" : "no"} ${type}`);
      return found;
    },
  };
}
