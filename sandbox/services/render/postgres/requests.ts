/** Requests that create or change a database, checked as Render checks them. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { refuse } from "../answers.ts";
import { newAllowList, region } from "../datastores/model.ts";
import { environmentOf } from "../environments.ts";
import { newId, suffix } from "../ids.ts";
import type { Render } from "../render.ts";
import type { Postgres, ReadReplica } from "./model.ts";

/** Plans and versions as described (schemas `postgres`, `postgresVersion`). */
const plan = z.enum([
  "free",
  "starter",
  "standard",
  "pro",
  "pro_plus",
  "custom",
  "basic_256mb",
  "basic_1gb",
  "basic_4gb",
  "pro_4gb",
  "pro_8gb",
  "pro_16gb",
  "pro_32gb",
  "pro_64gb",
  "pro_128gb",
  "pro_192gb",
  "pro_256gb",
  "pro_384gb",
  "pro_512gb",
  "accelerated_16gb",
  "accelerated_32gb",
  "accelerated_64gb",
  "accelerated_128gb",
  "accelerated_256gb",
  "accelerated_384gb",
  "accelerated_512gb",
  "accelerated_768gb",
  "accelerated_1024gb",
]);
const version = z.enum(["11", "12", "13", "14", "15", "16", "17"]);
const parameters = z.record(z.string(), z.string());

/** What can be given when a database is made and changed later. Recorded requests name no replicas with null. */
const settings = z.object({
  name: z.string().min(1).optional(),
  plan: plan.optional(),
  diskSizeGB: z.int().min(1).optional(),
  enableHighAvailability: z.boolean().optional(),
  ipAllowList: newAllowList.optional(),
  parameterOverrides: parameters.optional(),
  readReplicas: z.array(z.object({ name: z.string().min(1), parameterOverrides: parameters.optional() })).nullish(),
});

/** A new database. A name that is empty is one to be made up: recorded requests have both. */
export const newPostgres = settings.extend({
  name: z.string().min(1),
  plan,
  version,
  ownerId: z.string(),
  region: region.default("oregon"),
  environmentId: z.string().optional(),
  databaseName: z.string().optional(),
  databaseUser: z.string().optional(),
});

/** A change of a database. */
export const postgresUpdate = settings;

/** A new database from a copy of another, at an earlier time (schema of "Trigger point-in-time recovery"). */
export const recoveryRequest = z.object({
  restoreTime: z.iso.datetime({ offset: true }),
  restoreName: z.string().min(1).optional(),
  plan: plan.optional(),
  environmentId: z.string().optional(),
});

/** Which size Render gives a disk that nobody sizes is not recorded. */
const DEFAULT_DISK_GB = 15;
/** The disk of a free database cannot be chosen ("Deploy for Free"). */
const FREE_DISK_GB = 1;
const FIRST_VERSION_WITH_STANDBY = 13;

/** A new database. Refuses with 400 what the plan does not offer. */
export function madeFrom(render: Render, request: z.infer<typeof newPostgres>): Postgres {
  const now = render.now();
  const databaseName = freeName(render, request.databaseName || generatedName(request.name));
  return changed(
    {
      id: newId("dpg"),
      name: request.name,
      ownerId: request.ownerId,
      ...(request.environmentId && { environmentId: environmentOf(render, request.environmentId) }),
      plan: request.plan,
      version: request.version,
      region: request.region,
      databaseName,
      databaseUser: freeName(render, request.databaseUser || `${databaseName}_user`),
      password: randomBytes(24).toString("base64url"),
      diskSizeGB: request.plan === "free" ? FREE_DISK_GB : DEFAULT_DISK_GB,
      highAvailabilityEnabled: false,
      ipAllowList: [],
      parameterOverrides: {},
      readReplicas: [],
      status: "unknown",
      suspended: false,
      createdAt: now,
      updatedAt: now,
    },
    request,
    request.diskSizeGB,
  );
}

/** The database after a change. Refuses with 400 what the plan does not offer, and a smaller disk ("Render Postgres"). */
export function changed(
  before: Postgres,
  change: z.infer<typeof postgresUpdate>,
  smallestDisk = before.diskSizeGB,
): Postgres {
  const after: Postgres = {
    ...before,
    name: change.name ?? before.name,
    plan: change.plan ?? before.plan,
    diskSizeGB: change.diskSizeGB ?? before.diskSizeGB,
    highAvailabilityEnabled: change.enableHighAvailability ?? before.highAvailabilityEnabled,
    ipAllowList: change.ipAllowList ?? before.ipAllowList,
    parameterOverrides: change.parameterOverrides ?? before.parameterOverrides,
    readReplicas: replicasAfter(before.readReplicas, change.readReplicas ?? undefined),
  };
  if (after.plan === "free" && before.plan !== "free") refuse(400, "invalid plan: free");
  checkDisk(after, smallestDisk);
  const noStandby = /^(?:free|starter|standard|basic_.*)$/.test(after.plan);
  if (after.highAvailabilityEnabled && (noStandby || Number(after.version) < FIRST_VERSION_WITH_STANDBY)) {
    refuse(400, `invalid enableHighAvailability: not offered for plan ${after.plan} with version ${after.version}`);
  }
  return after;
}

/** "Storage size: 1 GB or multiples of 5 GB"; a disk never shrinks ("Render Postgres", "Flexible plans"). */
function checkDisk({ plan: chosen, diskSizeGB }: Postgres, smallest: number): void {
  const isSize = chosen === "free" ? diskSizeGB === FREE_DISK_GB : diskSizeGB === 1 || diskSizeGB % 5 === 0;
  if (!isSize) refuse(400, `invalid diskSizeGB: ${diskSizeGB}`);
  if (diskSizeGB < smallest) refuse(400, `invalid diskSizeGB: it is less than ${smallest}`);
}

/** A replica goes by its name: one that was there keeps its id. */
function replicasAfter(
  before: readonly ReadReplica[],
  wanted: readonly { name: string; parameterOverrides?: Record<string, string> | undefined }[] | undefined,
): readonly ReadReplica[] {
  if (wanted === undefined) return before;
  return wanted.map(({ name, parameterOverrides = {} }) => ({
    id: before.find((replica) => replica.name === name)?.id ?? newId("dpg"),
    name,
    ...(Object.keys(parameterOverrides).length > 0 && { parameterOverrides }),
  }));
}

/** As recorded: the database's name in the dashboard with underscores, and four letters. */
function generatedName(name: string): string {
  return `${name.toLowerCase().replace(/[^a-z0-9]+/g, "_")}_${suffix()}`;
}

/** One server runs all databases here, so a name that is taken gets four letters more. */
function freeName(render: Render, name: string): string {
  const isTaken = ({ databaseName, databaseUser }: Postgres): boolean => databaseName === name || databaseUser === name;
  return render.postgres.find(isTaken) ? `${name}_${suffix()}` : name;
}
