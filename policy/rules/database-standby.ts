import { setCommand } from "../../lib/configuration-problems.ts";
import { labelOf } from "../kit/label.ts";
import { lookUp } from "../kit/look-up.ts";
import { POSTGRES } from "../kit/resource-types.ts";
import type { ResourceRule } from "../kit/rule.ts";

/** A database that the team counts on does not stand on one machine. */
export const databaseStandby: ResourceRule = {
  name: "database-standby",
  title: "Production's databases that the team names have a standby.",
  where: "production",
  level: "mandatory",
  severity: "high",
  reason: "Without one the site is down as long as its database's machine is.",
  mend: `\`${setCommand("delivery:database.highAvailability", "true")}\`, which takes a Pro plan or a larger one.`,
  settings: {
    databases: { description: "names of the databases, at Render, that have to have a standby", default: [] },
  },
  types: [POSTGRES],
  *check(database, { databases = [] }) {
    const name = lookUp(database.properties, "name");
    if (typeof name !== "string" || !databases.includes(name)) return;
    if (lookUp(database.properties, "highAvailability") !== true)
      yield { problem: `${labelOf(database)} has no standby.` };
  },
};
