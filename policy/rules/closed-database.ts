import { removeCommand } from "../../lib/configuration-problems.ts";
import { isTree } from "../../providers/kit/values.ts";
import { labelOf } from "../kit/label.ts";
import { listAt, lookUp } from "../kit/look-up.ts";
import { KEY_VALUE, POSTGRES } from "../kit/resource-types.ts";
import type { ResourceRule } from "../kit/rule.ts";

/** So short a prefix names no network that somebody has: it is all of the Internet, or half of it. */
const OPEN = /\/[01]$/;

/** Nobody but a known address can try passwords at a database. */
export const closedDatabase: ResourceRule = {
  name: "closed-database",
  title: "No database or cache is open to the whole Internet.",
  where: "everywhere",
  level: "mandatory",
  severity: "critical",
  reason: "The site reaches it over Render's private network; what is open to all is found and tried within minutes.",
  mend:
    "Name the addresses that need it in `delivery:database.allow` or `delivery:cache.allow`, or leave it to the site: " +
    `\`${removeCommand("delivery:database.allow")}\` or \`${removeCommand("delivery:cache.allow")}\`.`,
  types: [POSTGRES, KEY_VALUE],
  *check(database) {
    const { properties } = database;
    // Render lets everybody in where no list is given.
    if (lookUp(properties, "ipAllowList") === undefined)
      yield { problem: `${labelOf(database)} has no list of the addresses that may reach it.` };
    for (const entry of listAt(properties, "ipAllowList") ?? []) {
      const block = isTree(entry) ? lookUp(entry, "cidrBlock") : undefined;
      if (typeof block === "string" && OPEN.test(block)) yield { problem: `${labelOf(database)} is open to ${block}.` };
    }
  },
};
