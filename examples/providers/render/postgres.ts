import * as render from "../../../providers/render/index.ts";

const database = new render.Postgres(
  "database",
  {
    name: "site-production",
    ownerId: "tea-cjnxpl2jbr3s73f5q6o0",
    plan: "pro_4gb",
    version: "17",
    region: "frankfurt",
    diskSizeGB: 20,
    highAvailability: true,
    ipAllowList: [{ cidrBlock: "203.0.113.7/32", description: "office" }],
    parameterOverrides: { max_connections: "200" },
    readReplicas: [{ name: "reports" }],
  },
  { protect: true, retainOnDelete: true },
);

// A secret; for services of the same workspace and region.
export const databaseUrl = database.internalConnectionString;
