/** Whether CircleCI's token may work with the organization's contexts. */
import { z } from "zod";
import { optional } from "../../../providers/kit/answer.ts";
import { bodyOf, reasonIn, unexpected } from "../answer.ts";
import { partCheck } from "../check.ts";
import { notChecked, ok, problem } from "../finding.ts";
import { me } from "./circleci-token.ts";
import { user } from "./github-token.ts";

const membership = z.object({ role: optional(z.string()) });

export const circleciContexts = partCheck("pipeline", {
  id: "circleci-contexts",
  area: "CircleCI",
  title: "access to contexts",
  asks: "`GET /api/v2/context?owner-slug=ORGANIZATION`.",
  finds: "The token may not see them.",
  needs: ["circleci-organization"],
  applies: ({ context }) => context !== undefined,
  async run({ organization }, { readers }) {
    const answer = await readers.circleci().get(contextsPath(organization));
    if (answer.status === 403 || answer.status === 404)
      return problem(
        `the token may not see the contexts of ${organization}${reasonIn(answer) ? `: ${reasonIn(answer)}` : ""}`,
        "Use the token of a member of the organization who may write contexts.",
      );
    if (answer.status !== 200) throw unexpected(answer);
    return ok("can be read");
  },
});

/** CircleCI tells nobody's role; GitHub does, and CircleCI takes it from there. */
export const circleciAdministrator = partCheck("pipeline", {
  id: "circleci-administrator",
  area: "CircleCI",
  title: "administrator",
  asks:
    "Restricting a context takes an administrator of the organization. CircleCI tells no role; when `GET /api/v2/me` and GitHub's " +
    "`GET /user` name the same user, `GET /user/memberships/orgs/OWNER` does.",
  finds: "The user is no owner of the organization, and `pipeline.restrictContext` is on.",
  needs: ["circleci-organization", "github-token"],
  applies: ({ context, restrictContext }) => context !== undefined && restrictContext,
  async run({ organization }, { readers, env }) {
    const unknown = notChecked(
      "no request tells whether the token's user may restrict contexts",
      "It has to be an administrator of the organization; else set delivery:pipeline.restrictContext to false.",
    );
    if (!env["GITHUB_TOKEN"]) return unknown;
    const { login } = bodyOf(await readers.circleci().get("/api/v2/me"), me);
    const github = await readers.github().get("/user");
    if (github.status !== 200 || bodyOf(github, user).login !== login) return unknown;
    const name = encodeURIComponent(organization.split("/")[1] ?? "");
    const answer = await readers.github().get(`/user/memberships/orgs/${name}`);
    if (answer.status !== 200) return unknown;
    return bodyOf(answer, membership).role === "admin"
      ? ok(`${login} is an owner of the organization`)
      : problem(
          `${login} is no owner of the organization, and may not restrict contexts`,
          "npm run pulumi -- config set --path delivery:pipeline.restrictContext false --plaintext",
        );
  },
});

/** Path of the organization's contexts; a page holds enough to tell whether they can be read. */
export function contextsPath(organization: string): string {
  return `/api/v2/context?owner-slug=${encodeURIComponent(organization)}`;
}
