import { lookUp } from "../kit/look-up.ts";
import type { ResourceRule } from "../kit/rule.ts";
import { WEB_SERVICE } from "../kit/types.ts";

/** A plan that costs much is chosen by more than a typing error. */
export const allowedPlan: ResourceRule = {
  name: "allowed-plan",
  title: "The site's plan is one that the team allows.",
  where: "everywhere",
  level: "mandatory",
  severity: "medium",
  reason: "The largest plans cost as much in a day as the smallest in a month.",
  mend:
    "pulumi config set --path 'delivery:site.plan' starter --plaintext, or name the plan in policy/config.json, " +
    "allowed-plan.plans.",
  settings: {
    plans: {
      description: "Render's plans that a site may have",
      default: ["free", "starter", "standard", "pro"],
      words: ["free", "starter", "standard", "pro", "pro_plus", "pro_max", "pro_ultra"],
    },
  },
  types: [WEB_SERVICE],
  *check({ name, properties }, { plans = [] }) {
    const plan = lookUp(properties, "plan");
    if (typeof plan === "string" && !plans.includes(plan))
      yield { problem: `${name} has the plan ${plan}; allowed are ${plans.join(", ") || "none"}.` };
  },
};
