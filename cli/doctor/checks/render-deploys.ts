/** Whether anything else than the chain deploys the service. */

import { z } from "zod";
import { openEnum, optional } from "../../../providers/kit/answer.ts";
import { listDeploys } from "../../../providers/render/plugin/api/deploys.ts";
import { servicesNamed } from "../../../providers/render/plugin/api/services.ts";
import { renderClient } from "../../services/render.ts";
import { bodyOf } from "../answer.ts";
import { partCheck } from "../check.ts";
import { type Finding, ok, warn } from "../finding.ts";

const source = z.object({ autoDeploy: optional(openEnum("yes", "no")), repo: optional(z.string()) });

export const renderDeploys = partCheck("site", {
  id: "render-deploys",
  area: "Render",
  title: "deploys past the chain",
  asks:
    "`GET /v1/services/ID/deploys` of a service that is there: what started each of the newest ones; `GET /v1/services/ID` for auto-deploy of " +
    "a branch. Whether somebody holds a deploy hook's address no request tells before it is used.",
  finds: "A warning when a deploy hook was used lately, or auto-deploy is on.",
  needs: ["render-workspace"],
  applies: (_settings, { declares }) => declares !== "shared",
  async run({ name, ownerId }, { env, signal, readers }) {
    const api = { client: renderClient(env), signal };
    const [service] = await servicesNamed(api, name, ownerId);
    if (!service) return ok("no service yet, so none");
    const findings: Finding[] = [];
    const hooked = (await listDeploys(api, service.id)).find(({ trigger }) => trigger === "deploy_hook");
    if (hooked)
      findings.push(
        warn(
          `a deploy hook deployed ${name} on ${hooked.createdAt.slice(0, 10)}: a Docker Hub webhook or a pipeline holds its address`,
          `Remove what calls it, and regenerate the hook in the service's settings: ${service.dashboardUrl}/settings`,
        ),
      );
    const { autoDeploy, repo } = bodyOf(
      await readers.render().get(`/services/${encodeURIComponent(service.id)}`),
      source,
    );
    if (autoDeploy === "yes" && repo !== undefined && repo !== "")
      findings.push(
        warn(
          `${name} deploys each commit of its branch by itself`,
          `Turn auto-deploy off: ${service.dashboardUrl}/settings`,
        ),
      );
    return findings.length > 0 ? findings : ok("none among the newest deploys");
  },
});
