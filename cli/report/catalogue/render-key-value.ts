/** Render's key value stores. */
import { NEW_KEY_VALUE_PLANS } from "../../../providers/render/vendor-values.ts";
import { reachable, sized } from "./datastore.ts";
import type { ResourceKind } from "./kind.ts";
import { high, low, type Meaning, medium } from "./meaning.ts";
import { at, type Found, knownValue, plainly } from "./rule.ts";

const EMPTY = "what is in it is lost";

/** A key value store at Render: a cache, or a queue of tasks. */
export const keyValue: ResourceKind = {
  service: "Render",
  kind: "key value store",
  labels: ["name"],
  loss: "What is in it goes with it: what was cached, sessions that are kept there, and tasks that wait.",
  unordered: ["ipAllowList"],
  bookkeeping: ["status", "version"],
  secrets: ["internalConnectionString", "externalConnectionString", "cliCommand"],
  rules: [
    at("plan", ({ change }) => {
      const isKept = knownValue(change.before) !== "free";
      return high(...sized("the key value store", NEW_KEY_VALUE_PLANS, change), isKept ? "it restarts" : EMPTY);
    }),
    at("maxmemoryPolicy", ({ change }) =>
      medium("changes", `what it does when it is full to ${knownValue(change.after) ?? "Render's choice"}`),
    ),
    at("persistenceMode", persistence),
    at("ipAllowList", (found) => reachable("the key value store", found)),
    at("name", ({ change }) => medium("renames", `the key value store to ${knownValue(change.after)}`)),
    at("region", ({ change }) => high("moves", `the key value store to ${knownValue(change.after)}`, EMPTY)),
    at("environmentId", () => low("follows", "the Render environment")),
    plainly("createdAt", "when it was made"),
  ],
};

/** "If you change your mode to or from Off, all data is lost" (Render's changelog, 2026-06-11). */
function persistence({ change }: Found): Meaning {
  const [before, after] = [knownValue(change.before), knownValue(change.after)];
  const isLost = (before === "off") !== (after === "off");
  return high("changes", `how it is kept on disk to ${after ?? "Render's choice"}`, isLost ? EMPTY : "it restarts");
}
