/** What the state keeps of a database. */
import { z } from "zod";
import type { PriorState } from "../../../kit/resource.ts";
import { postgresInputs } from "./inputs.ts";

/** Outputs that let whoever has them into the database. */
export const CONNECTION_SECRETS = ["password", "internalConnectionString", "externalConnectionString", "psqlCommand"];

/** Schema of the outputs: the inputs as the service has them, and what Render adds. */
export const postgresOutputs = postgresInputs.extend({
  databaseName: z.string().describe("Name of the database on its server."),
  databaseUser: z.string().describe("Name of the user that owns it."),
  diskSizeGB: z.number().optional().describe("Size of its disk in GB."),
  diskAutoscalingEnabled: z
    .boolean()
    .describe(
      "Whether Render enlarges the disk by itself; switched in its dashboard. The disk may be larger than declared then.",
    ),
  status: z.string().describe("Status of the database; `available` when it can be used."),
  suspended: z.boolean().describe("Whether the database is suspended."),
  readReplicaIds: z.record(z.string(), z.string()).describe("Ids of the read replicas by name."),
  password: z.string().describe("Password of the user."),
  internalConnectionString: z.string().describe("URL for services of the same workspace and region."),
  externalConnectionString: z.string().describe("URL for addresses of the allow list."),
  psqlCommand: z.string().describe("Command that opens a session from an address of the allow list."),
  dashboardUrl: z.string().describe("Address of the database's page in the dashboard."),
  createdAt: z.string().describe("When the database was made, ISO 8601."),
  expiresAt: z.string().optional().describe("When a free database ends, ISO 8601."),
});

/** Outputs of a database. */
export type PostgresOutputs = z.infer<typeof postgresOutputs>;

/** What the state keeps of a database. */
export type PriorPostgres = PriorState<z.infer<typeof postgresInputs>, PostgresOutputs>;
