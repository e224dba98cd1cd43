import { setCommand } from "../../lib/configuration-problems.ts";
import { SERVICE_PLANS } from "../../providers/render/vendor-values.ts";
import { labelOf } from "../kit/label.ts";
import { lookUp, shownAt } from "../kit/look-up.ts";
import { WEB_SERVICE } from "../kit/resource-types.ts";
import type { ResourceRule } from "../kit/rule.ts";

/** A plan that costs much is chosen by more than a typing error. */
export const allowedPlan: ResourceRule = {
  name: "allowed-plan",
  title: "The site's plan is one that the team allows.",
  where: "everywhere",
  level: "mandatory",
  severity: "medium",
  reason: "The largest plans cost as much in a day as the smallest in a month.",
  mend: `\`${setCommand("delivery:site.plan", "starter")}\`, or name the plan in policy/config.json, allowed-plan.plans.`,
  settings: {
    plans: {
      description: "Render's plans that a site may have",
      default: ["free", "starter", "standard", "pro"],
      words: SERVICE_PLANS,
    },
  },
  types: [WEB_SERVICE],
  *check(site, { plans = [] }) {
    const plan = lookUp(site.properties, "plan");
    if (typeof plan === "string" && !plans.includes(plan))
      yield {
        problem: `${labelOf(site)} has the plan ${shownAt(site.properties, "plan")}; allowed are ${plans.join(", ") || "none"}.`,
      };
  },
};
