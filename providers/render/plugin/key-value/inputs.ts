/** What a program declares of a key value store. */
import { z } from "zod";
import { KEY_VALUE_PLANS, MAXMEMORY_POLICIES, PERSISTENCE_MODES, REGIONS } from "../../vendor-values.ts";
import { ipAllowList } from "../datastore/allow-list.ts";

/** Schema of the inputs of a key value store. */
export const keyValueInputs = z.object({
  name: z.string().min(1).describe("Name of the store in the dashboard, unique in its workspace."),
  ownerId: z
    .string()
    .min(1)
    .describe("Id of the workspace (`tea-…`) that owns the store. A change replaces it; what is in it is lost."),
  plan: z
    .enum(KEY_VALUE_PLANS)
    .meta({ typeName: "KeyValuePlan" })
    .describe("Instance type. It can grow, never shrink; growing from `free`, the store loses what is in it."),
  region: z
    .enum(REGIONS)
    .meta({ typeName: "Region" })
    .describe("Where the store runs. A change replaces it; what is in it is lost."),
  environmentId: z
    .string()
    .min(1)
    .optional()
    .describe("Id of the environment (`evm-…`) of a Render project that the store belongs to."),
  maxmemoryPolicy: z
    .enum(MAXMEMORY_POLICIES)
    .meta({ typeName: "MaxmemoryPolicy" })
    .optional()
    .describe(
      "What it does when it is full: evicts keys, or refuses writes (`noeviction`, for a queue of tasks). Without it the policy is left as it is.",
    ),
  persistenceMode: z
    .enum(PERSISTENCE_MODES)
    .meta({ typeName: "PersistenceMode" })
    .optional()
    .describe(
      "How a paid store keeps its data on disk. Without it, it is left as it is. Changed to or from `off`, the store loses what is in it.",
    ),
  ipAllowList,
});

/** Inputs of a key value store, checked. */
export type KeyValueInputs = z.infer<typeof keyValueInputs>;
