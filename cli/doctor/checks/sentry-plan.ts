/** What the organization's plan at Sentry does not offer. */
import { z } from "zod";
import { removeCommand } from "../../../lib/configuration-problems.ts";
import { list } from "../../../providers/kit/answer.ts";
import { bodyOf } from "../answer.ts";
import { partCheck } from "../check.ts";
import { notChecked, ok, warn } from "../finding.ts";

const projects = list(z.object({ features: list(z.string()) }));

export const sentryPlan = partCheck("errors", {
  id: "sentry-plan",
  area: "Sentry",
  title: "plan of the organization",
  asks: "Rate limits of single keys are not in every plan. `GET /organizations/ORGANIZATION/projects/` lists `features` of the projects there are.",
  finds: "A warning when no project there can limit the rate of a key, and `errors.rateLimit` is set.",
  needs: ["sentry-organization"],
  applies: ({ rateLimit }) => rateLimit !== undefined,
  async run({ organization }, { readers }) {
    const mend = `Look at the plan, or: ${removeCommand("delivery:errors.rateLimit")}`;
    const known = bodyOf(
      await readers.sentry().get(`/organizations/${encodeURIComponent(organization)}/projects/`),
      projects,
    );
    if (known.length === 0)
      return notChecked("whether it has rate limits of keys shows only on a project, and there is none", mend);
    if (known.some(({ features }) => features.includes("rate-limits"))) return ok("has rate limits of keys");
    return warn("no project there has rate limits of keys, so the plan seems to lack them", mend);
  },
});
