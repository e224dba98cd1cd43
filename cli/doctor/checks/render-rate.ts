/** How many requests Render's key has left. */
import { partCheck } from "../check.ts";
import { notChecked, ok, warn } from "../finding.ts";

/** Reading the whole chain takes about twenty requests, and the limit is one of minutes. */
const COMFORTABLE = 50;

export const renderRate = partCheck("site", {
  id: "render-rate",
  area: "Render",
  title: "requests left",
  asks: "The headers `Ratelimit-Limit`, `Ratelimit-Remaining` and `Ratelimit-Reset` of `GET /v1/users`.",
  finds: "A warning when fewer than 50 are left in this minute.",
  needs: ["render-token"],
  async run(_settings, { readers }) {
    const { headers } = await readers.render().get("/users");
    const [remaining, limit, reset] = ["remaining", "limit", "reset"].map((name) => headers[`ratelimit-${name}`]);
    if (remaining === undefined) return notChecked("Render did not tell");
    const left = `${remaining}${limit ? ` of ${limit}` : ""} in this minute`;
    return Number(remaining) < COMFORTABLE
      ? warn(left, `Wait ${reset ?? 60} s: somebody else uses the key.`)
      : ok(left);
  },
});
