/** Webhooks of the repository that deploy to Render past the chain. */
import { z } from "zod";
import { list, optional } from "../../../providers/kit/answer.ts";
import { allPages } from "../../services/github-pages.ts";
import { bodyOf } from "../answer.ts";
import { partCheck } from "../check.ts";
import { notChecked, ok, warn } from "../finding.ts";
import { ownedRepository, repositoryPath } from "./github-repository.ts";

const hooks = list(
  z.object({
    id: z.number(),
    active: optional(z.boolean()),
    config: optional(z.object({ url: optional(z.string()) })),
  }),
);

export const githubHooks = partCheck("repository", {
  id: "github-hooks",
  area: "GitHub",
  title: "webhooks that deploy",
  asks: "`GET .../hooks` of a repository that is there: addresses at api.render.com are Render's deploy hooks.",
  finds: "A warning for each that calls a deploy hook of Render.",
  needs: ["github-token", "github-owner"],
  async run({ name }, context) {
    if ((await ownedRepository(context, name)).status !== 200) return ok("no repository, so none");
    const path = `${repositoryPath(context, name)}/hooks`;
    const answer = await allPages(context.readers.github(), path);
    if (answer.status === 403 || answer.status === 404)
      return notChecked(
        "the token may not see webhooks",
        `Look in the settings of ${context.facts.owner}/${name}, under Webhooks, for one that calls api.render.com.`,
      );
    const deploying = bodyOf(answer, hooks).filter(
      ({ active, config }) => active !== false && callsRender(config?.url),
    );
    if (deploying.length === 0) return ok("none");
    // The address of a deploy hook is a secret: whoever has it can deploy.
    return deploying.map(({ id }) =>
      warn(
        `webhook ${id} calls a deploy hook of Render, which deploys past the chain`,
        `Delete it in the settings of ${context.facts.owner}/${name}, under Webhooks.`,
      ),
    );
  },
});

function callsRender(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && /(^|\.)render\.com$/.test(new URL(url).hostname);
}
