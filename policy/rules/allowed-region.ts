import { setCommand } from "../../lib/configuration-problems.ts";
import { REGIONS } from "../../providers/render/vendor-values.ts";
import { labelOf } from "../kit/label.ts";
import { lookUp, shownAt } from "../kit/look-up.ts";
import { WEB_SERVICE } from "../kit/resource-types.ts";
import type { ResourceRule } from "../kit/rule.ts";

/** Data stays where the team may keep it. */
export const allowedRegion: ResourceRule = {
  name: "allowed-region",
  title: "The site is in a region that the team allows.",
  where: "everywhere",
  level: "mandatory",
  severity: "medium",
  reason: "A service cannot move to another region later, and a law or a contract may say where data is.",
  mend:
    `\`${setCommand("delivery:site.region", "frankfurt")}\`, or name the region in policy/config.json, ` +
    "allowed-region.regions.",
  settings: {
    regions: {
      description: "Render's regions that a site may be in; by default all of them",
      default: REGIONS,
      words: REGIONS,
    },
  },
  types: [WEB_SERVICE],
  *check(site, { regions = [] }) {
    const region = lookUp(site.properties, "region");
    if (typeof region === "string" && !regions.includes(region))
      yield {
        problem: `${labelOf(site)} is in ${shownAt(site.properties, "region")}; allowed are ${regions.join(", ") || "none"}.`,
      };
  },
};
