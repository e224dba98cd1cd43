/** What a stack's state holds, from `pulumi stack export` or from where the engine keeps it. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
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
          protect: z.boolean().default(false),
          retainOnDelete: z.boolean().default(false),
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

/**
 * Reads a stack of a backend that is a folder, without the start of an engine that `pulumi stack export` costs: tests
 * read a state more often than anything else.
 * @param backend its URL, as PULUMI_BACKEND_URL names it.
 */
export async function readStackState(backend: string, stack: string, project = "delivery"): Promise<StackState> {
  const file = `${fileURLToPath(backend)}/.pulumi/stacks/${project}/${stack}.json`;
  const { checkpoint } = JSON.parse(await readFile(file, "utf8")) as { checkpoint: { latest?: object } };
  return stackState(JSON.stringify({ deployment: checkpoint.latest ?? {} }));
}
