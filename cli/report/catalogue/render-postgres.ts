/** Render's databases. */
import { NEW_POSTGRES_PLANS } from "../../../providers/render/vendor-values.ts";
import type { ResourceKind } from "./kind.ts";
import { high, low, type Meaning, medium } from "./meaning.ts";
import { at, enumeration, type Found, flag, knownValue, notably, plainly } from "./rule.ts";

/** A Postgres at Render. Of a deleted one Render keeps nothing ("Delete Postgres instance": irreversible). */
export const postgres: ResourceKind = {
  service: "Render",
  kind: "database",
  labels: ["name"],
  loss: "All its data goes with it, for good, and so do its backups. Export it first: docs/database.md says how.",
  holdsUsersData: true,
  unordered: ["ipAllowList", "readReplicas"],
  bookkeeping: ["status", "updatedAt", "dashboardUrl", "expiresAt"],
  secrets: ["password", "internalConnectionString", "externalConnectionString", "psqlCommand"],
  rules: [
    at("plan", ({ change }) => plan(knownValue(change.before), knownValue(change.after))),
    at("diskSizeGB", ({ change }) => medium("changes", `the database's disk to ${knownValue(change.after)} GB`)),
    flag(
      "diskAutoscalingEnabled",
      low("allows", "its disk to grow by itself"),
      low("forbids", "its disk to grow by itself"),
    ),
    flag(
      "highAvailability",
      high("adds", "a standby of the database", "the database restarts"),
      high("removes", "the standby of the database"),
    ),
    at("ipAllowList", allowed),
    notably("version", "the major version of Postgres"),
    at("name", ({ change }) => medium("renames", `the database to ${knownValue(change.after)}`)),
    at("environmentId", () => low("follows", "the Render environment")),
    at("readReplicas", () => medium("changes", "the database's read replicas")),
    at("parameterOverrides.*", ({ captured }) => medium("changes", `the database's parameter ${captured[0]}`)),
    plainly("databaseName", "the name inside of Postgres"),
  ],
};

function plan(before: unknown, after: unknown): Meaning {
  const size = (name: unknown): number => (NEW_POSTGRES_PLANS as readonly unknown[]).indexOf(name);
  const [from, to] = [size(before), size(after)];
  const text = `the database's plan from ${before ?? "none"} to ${after ?? "none"}`;
  if (from < 0 || to < 0) return high("changes", text);
  return high(to > from ? "raises" : "lowers", text);
}

function allowed({ change }: Found): Meaning[] {
  const [before, after] = [blocks(change.before), blocks(change.after)];
  const added = after.filter((block) => !before.includes(block));
  const removed = before.filter((block) => !after.includes(block));
  return [
    ...(added.length > 0 ? [high("loosens", "network", `${enumeration(added)} can reach the database`)] : []),
    ...(removed.length > 0
      ? [high("tightens", "network", `${enumeration(removed)} can reach the database no more`)]
      : []),
  ];
}

function blocks(side: Found["change"]["after"]): string[] {
  const value = knownValue(side);
  return Array.isArray(value) ? value.map((entry: { cidrBlock?: unknown }) => String(entry?.cidrBlock ?? entry)) : [];
}
