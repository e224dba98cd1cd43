/** How many requests GitHub's token has left. */
import { z } from "zod";
import { bodyOf } from "../answer.ts";
import { partCheck } from "../check.ts";
import { ok, problem, warn } from "../finding.ts";

/** An up of the whole chain takes about a hundred requests. */
const ONE_UP = 150;
const COMFORTABLE = 500;
const limits = z.object({
  resources: z.object({ core: z.object({ limit: z.number(), remaining: z.number(), reset: z.number() }) }),
});

export const githubRate = partCheck("repository", {
  id: "github-rate",
  area: "GitHub",
  title: "requests left",
  asks: "`GET /rate_limit`, which itself does not count. A server without limits answers 404.",
  finds: "Fewer than 150 are left, too few for an `up`; a warning below 500.",
  needs: ["github-token"],
  async run(_settings, { readers }) {
    const answer = await readers.github().get("/rate_limit");
    if (answer.status === 404) return ok("not limited");
    const { limit, remaining, reset } = bodyOf(answer, limits).resources.core;
    const left = `${remaining} of ${limit} in this hour`;
    const mend = `Wait until ${new Date(reset * 1000).toISOString().slice(11, 16)} UTC, or use another user's token.`;
    if (remaining < ONE_UP) return problem(`${left}: too few for an up`, mend);
    return remaining < COMFORTABLE ? warn(left, mend) : ok(left);
  },
});
