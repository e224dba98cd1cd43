/** Render's databases. */
import { NEW_POSTGRES_PLANS } from "../../../providers/render/vendor-values.ts";
import { reachable, sized } from "./datastore.ts";
import type { ResourceKind } from "./kind.ts";
import { high, low, medium } from "./meaning.ts";
import { at, flag, knownValue, notably, plainly } from "./rule.ts";

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
    at("plan", ({ change }) => high(...sized("the database", NEW_POSTGRES_PLANS, change))),
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
    at("ipAllowList", (found) => reachable("the database", found)),
    notably("version", "the major version of Postgres"),
    at("name", ({ change }) => medium("renames", `the database to ${knownValue(change.after)}`)),
    at("environmentId", () => low("follows", "the Render environment")),
    at("readReplicas", () => medium("changes", "the database's read replicas")),
    at("parameterOverrides.*", ({ captured }) => medium("changes", `the database's parameter ${captured[0]}`)),
    plainly("databaseName", "the name inside of Postgres"),
  ],
};
