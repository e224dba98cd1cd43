/** Requests that create or change a key value store, checked as Render checks them. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { refuse } from "../answers.ts";
import { newAllowList, region } from "../datastores/model.ts";
import { environmentOf } from "../environments.ts";
import { newId } from "../ids.ts";
import type { Render } from "../render.ts";
import type { KeyValue } from "./model.ts";

/** Plans as described (schema `keyValuePlan`), from small to large. */
const plan = z.enum(["free", "starter", "standard", "pro", "pro_plus", "custom"]);
const PLANS: readonly string[] = plan.options;

/** What can be given when a store is made and changed later (schemas `maxmemoryPolicy`, `keyValuePATCHInput`). */
const settings = z.object({
  name: z.string().min(1).optional(),
  plan: plan.optional(),
  maxmemoryPolicy: z
    .enum([
      "noeviction",
      "allkeys_lfu",
      "allkeys_lru",
      "allkeys_random",
      "volatile_lfu",
      "volatile_lru",
      "volatile_random",
      "volatile_ttl",
    ])
    .optional(),
  // Recorded requests and answers have it; the description does not. "off" is of Render's changelog of June 2026.
  persistenceMode: z.enum(["journal_snapshot", "snapshot", "off"]).optional(),
  ipAllowList: newAllowList.optional(),
});

/** A new store. */
export const newKeyValue = settings.extend({
  name: z.string().min(1),
  plan,
  ownerId: z.string(),
  region: region.default("oregon"),
  environmentId: z.string().optional(),
});

/** A change of a store. */
export const keyValueUpdate = settings;

/** A new store. Refuses with 400 what the plan does not offer. */
export function madeFrom(render: Render, request: z.infer<typeof newKeyValue>): KeyValue {
  const now = render.now();
  const fresh: KeyValue = {
    id: newId("red"),
    name: request.name,
    ownerId: request.ownerId,
    ...(request.environmentId && { environmentId: environmentOf(render, request.environmentId) }),
    plan: request.plan,
    region: request.region,
    // The policy that the dashboard's form begins with ("Render Key Value").
    maxmemoryPolicy: "allkeys_lru",
    // A paid store had it before there was a choice (Render's changelog of June 2026); a free one keeps nothing.
    persistenceMode: request.plan === "free" ? "off" : "journal_snapshot",
    ipAllowList: [],
    password: randomBytes(24).toString("base64url"),
    status: "unknown",
    createdAt: now,
    updatedAt: now,
  };
  return changed(fresh, request);
}

/** The store after a change. Refuses with 400 a smaller plan, and persistence of a free one ("Render Key Value"). */
export function changed(before: KeyValue, change: z.infer<typeof keyValueUpdate>): KeyValue {
  const grown = before.plan === "free" && change.plan !== undefined && change.plan !== "free";
  const after: KeyValue = {
    ...before,
    name: change.name ?? before.name,
    plan: change.plan ?? before.plan,
    maxmemoryPolicy: change.maxmemoryPolicy ?? before.maxmemoryPolicy,
    persistenceMode: change.persistenceMode ?? (grown ? "journal_snapshot" : before.persistenceMode),
    ipAllowList: change.ipAllowList ?? before.ipAllowList,
  };
  if (PLANS.indexOf(after.plan) < PLANS.indexOf(before.plan)) refuse(400, `invalid plan: ${after.plan}`);
  if (after.plan === "free" && after.persistenceMode !== "off") {
    refuse(400, `invalid persistenceMode: ${after.persistenceMode}`);
  }
  return after;
}
