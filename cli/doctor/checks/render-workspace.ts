/** Render's workspace. */

import { setCommand } from "../../../lib/configuration-problems.ts";
import { listOwners } from "../../../providers/render/plugin/api/owners.ts";
import { renderClient } from "../../services/render.ts";
import { partCheck } from "../check.ts";
import { ok, problem } from "../finding.ts";

export const renderWorkspace = partCheck("site", {
  id: "render-workspace",
  area: "Render",
  title: "workspace",
  asks: "`GET /v1/owners`: the workspaces that the key may work in.",
  finds: "The key may not work in `site.ownerId`; the workspaces that it may work in are listed.",
  needs: ["render-token"],
  async run({ ownerId }, { env, signal }) {
    const owners = await listOwners({ client: renderClient(env), signal });
    const ours = owners.find(({ id }) => id === ownerId);
    if (ours) return ok(`${ours.name} (${ownerId})`);
    const known = owners.map(({ id, name }) => `${name} is ${id}`).join(", ");
    return problem(
      `the key may not work in ${ownerId}${known ? `; ${known}` : ""}`,
      setCommand("delivery:site.ownerId", owners.length === 1 ? owners[0]?.id : "ID"),
    );
  },
});
