/** What a program declares of a database. */
import { z } from "zod";
import { POSTGRES_PLANS, POSTGRES_VERSIONS, REGIONS } from "../../vendor-values.ts";
import { ipAllowList } from "../datastore/allow-list.ts";

const parameters = z.record(z.string(), z.string());

const name = z
  .string()
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, "letters, digits and underscores; it does not begin with a digit")
  .optional();

/** Schema of the inputs of a database. */
export const postgresInputs = z.object({
  name: z.string().min(1).describe("Name of the database in the dashboard, unique in its workspace."),
  ownerId: z.string().min(1).describe("Id of the workspace (`tea-…`) that owns the database. A change is refused."),
  plan: z
    .enum(POSTGRES_PLANS)
    .meta({ typeName: "PostgresPlan" })
    .describe("Instance type. `free` is for a new database only: a change to it is refused."),
  version: z
    .enum(POSTGRES_VERSIONS)
    .meta({ typeName: "PostgresVersion" })
    .describe("Major version of PostgreSQL. A change is refused: Render upgrades in its dashboard."),
  region: z.enum(REGIONS).meta({ typeName: "Region" }).describe("Where the database runs. A change is refused."),
  environmentId: z
    .string()
    .min(1)
    .optional()
    .describe("Id of the environment (`evm-…`) of a Render project that the database belongs to."),
  databaseName: name.describe(
    "Name of the database on its server. Render makes one up without it. A change is refused.",
  ),
  databaseUser: name.describe("Name of the user that owns it. Render makes one up without it. A change is refused."),
  diskSizeGB: z
    .int()
    .min(1)
    .optional()
    .describe(
      "Size of its disk in GB: 1, or a multiple of 5. It can grow, never shrink. Without it the size is left as it is.",
    ),
  highAvailability: z
    .boolean()
    .default(false)
    .describe("Whether a standby takes over when the database fails. For plans of the Pro families and larger."),
  ipAllowList,
  parameterOverrides: parameters
    .optional()
    .describe("Settings of PostgreSQL by name, as texts: all that are set. Without it they are left as they are."),
  readReplicas: z
    .array(
      z
        .object({
          name: z.string().min(1).describe("Name of the replica, unique among those of the database."),
          parameterOverrides: parameters.optional().describe("Settings of PostgreSQL for this replica, by name."),
        })
        .meta({ typeName: "ReadReplica" }),
    )
    .optional()
    .describe("Copies that are read only: all that there are. Without it they are left as they are."),
});

/** Inputs of a database, checked. */
export type PostgresInputs = z.infer<typeof postgresInputs>;
