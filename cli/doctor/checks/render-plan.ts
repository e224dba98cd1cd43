/** What Render's plans do not offer. */
import { z } from "zod";
import { removeCommand, setCommand } from "../../../lib/configuration-problems.ts";
import { list } from "../../../providers/kit/answer.ts";
import { bodyOf } from "../answer.ts";
import { partCheck } from "../check.ts";
import { inState } from "../facts.ts";
import { type Finding, ok, problem, warn } from "../finding.ts";

const projects = list(z.object({ project: z.object({ id: z.string() }) }));

export const renderPlan = partCheck("site", {
  id: "render-plan",
  area: "Render",
  title: "plan",
  asks:
    "What a free service cannot do follows from the settings. `GET /v1/projects` counts the projects: a Hobby workspace has room for one. The " +
    "workspace's plan and its payment data no request tells.",
  finds:
    "A free service is asked for a pre-deploy command or several instances. A warning when it is production, or when a Hobby workspace would have no room for the project.",
  needs: ["render-workspace"],
  async run({ plan, preDeployCommand, instances = 1, ownerId, project }, { facts, readers, configuration }) {
    const paid = setCommand("delivery:site.plan", "starter");
    const findings: Finding[] = [];
    if (plan === "free" && preDeployCommand)
      findings.push(
        problem(
          "a free service runs no pre-deploy command",
          `${paid}, or: ${removeCommand("delivery:site.preDeployCommand")}`,
        ),
      );
    if (plan === "free" && instances > 1)
      findings.push(
        problem("a free service has one instance", `${paid}, or: ${removeCommand("delivery:site.instances")}`),
      );
    if (plan === "free" && configuration.production)
      findings.push(warn("a free service sleeps when nobody visits it, and this stack is production", paid));
    const managed = project === "managed" && configuration.declares !== "environment";
    if (managed && !inState(facts, "render:index:Project", () => true)) {
      const others = bodyOf(
        await readers.render().get(`/projects?ownerId=${encodeURIComponent(ownerId)}&limit=100`),
        projects,
      );
      if (others.length > 0)
        findings.push(
          warn(
            `the workspace has ${others.length} project${others.length > 1 ? "s" : ""}; a Hobby workspace takes no further one`,
            `Look at the workspace's plan, or: ${setCommand("delivery:site.project", "off")}`,
          ),
        );
    }
    return findings.length > 0 ? findings : ok(`${plan}: offers all that is asked for`);
  },
});
