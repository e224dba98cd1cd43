/** Whether the site's database can be made, and what it does not do by itself. */
import { setCommand } from "../../../lib/configuration-problems.ts";
import { postgresNamed } from "../../../providers/render/plugin/api/postgres.ts";
import { renderClient } from "../../services/render.ts";
import { partCheck } from "../check.ts";
import { inState } from "../facts.ts";
import { type Finding, ok, problem, warn } from "../finding.ts";
import { ADOPT, declaredName } from "../names.ts";

const TYPE = "render:index:Postgres";

export const renderDatabase = partCheck("database", {
  id: "render-database",
  area: "Render",
  title: "database",
  asks: "`GET /v1/postgres` with the name, and the stack's state.",
  finds:
    "A database of the name exists and is not in the stack. A warning for a free one, which Render deletes after its time, and for a free site, before whose deploys nothing migrates.",
  needs: ["render-workspace"],
  applies: (_database, { declares, site }) => declares !== "shared" && site !== undefined,
  async run({ name, plan }, { facts, env, signal, configuration }) {
    const { ownerId = "", plan: sitePlan } = configuration.site ?? {};
    const wanted = declaredName(configuration, "database", name);
    const found = await postgresNamed({ client: renderClient(env), signal }, wanted, ownerId);
    const foreign = found.filter(({ id }) => !inState(facts, TYPE, (resource) => resource.id === id));
    if (foreign.length > 0) {
      const ids = foreign.map(({ id }) => id).join(", ");
      return problem(`database ${wanted} exists (${ids}), and is not in this stack`, ADOPT);
    }
    const findings: Finding[] = [];
    const paid = setCommand("delivery:database.plan", "basic_256mb");
    if (plan === "free")
      findings.push(warn("a free database ends with its data: Render deletes it after its time", paid));
    if (sitePlan === "free")
      findings.push(
        warn(
          "a free service runs no command before a deploy, so nothing migrates the database",
          `${setCommand("delivery:site.plan", "starter")}, or let the image migrate when it starts.`,
        ),
      );
    return findings.length > 0 ? findings : ok(`database ${wanted} is ${found.length > 0 ? "this stack's" : "free"}`);
  },
});
