/** Whether the site's cache can be made, and what it does not keep. */
import { setCommand } from "../../../lib/configuration-problems.ts";
import { keyValuesNamed } from "../../../providers/render/plugin/api/key-value.ts";
import { renderClient } from "../../services/render.ts";
import { partCheck } from "../check.ts";
import { inState } from "../facts.ts";
import { ok, problem, warn } from "../finding.ts";
import { ADOPT, declaredName } from "../names.ts";

const TYPE = "render:index:KeyValue";

export const renderCache = partCheck("cache", {
  id: "render-cache",
  area: "Render",
  title: "cache",
  asks: "`GET /v1/key-value` with the name, and the stack's state.",
  finds:
    "A key value store of the name exists and is not in the stack. A warning for a free one, which keeps nothing over a restart.",
  needs: ["render-workspace"],
  applies: (_cache, { declares, site }) => declares !== "shared" && site !== undefined,
  async run({ name, plan }, { facts, env, signal, configuration }) {
    const wanted = declaredName(configuration, "cache", name);
    const found = await keyValuesNamed(
      { client: renderClient(env), signal },
      wanted,
      configuration.site?.ownerId ?? "",
    );
    const foreign = found.filter(({ id }) => !inState(facts, TYPE, (resource) => resource.id === id));
    if (foreign.length > 0) {
      const ids = foreign.map(({ id }) => id).join(", ");
      return problem(`key value store ${wanted} exists (${ids}), and is not in this stack`, ADOPT);
    }
    if (plan === "free")
      return warn(
        "a free cache loses what is in it whenever Render restarts it, also tasks that wait there",
        setCommand("delivery:cache.plan", "starter"),
      );
    return ok(`key value store ${wanted} is ${found.length > 0 ? "this stack's" : "free"}`);
  },
});
