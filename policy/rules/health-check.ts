import { removeCommand, setCommand } from "../../lib/configuration-problems.ts";
import { labelOf } from "../kit/label.ts";
import { lookUp } from "../kit/look-up.ts";
import { WEB_SERVICE } from "../kit/resource-types.ts";
import type { ResourceRule } from "../kit/rule.ts";

/** Render asks a new deploy of production whether it is well before it serves. */
export const healthCheck: ResourceRule = {
  name: "health-check",
  title: "Production's site has a health check.",
  where: "production",
  level: "mandatory",
  severity: "high",
  reason: "Without one Render sends visitors to a new deploy as soon as its port is open.",
  mend:
    `\`${setCommand("delivery:site.healthCheckPath", "/healthz/")}\`; where the site was adopted without one, also ` +
    `\`${removeCommand("delivery:asFound.site.healthCheckPath")}\`.`,
  types: [WEB_SERVICE],
  *check(site) {
    if (!lookUp(site.properties, "healthCheckPath")) yield { problem: `${labelOf(site)} has no health check path.` };
  },
};
