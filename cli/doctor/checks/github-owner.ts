/** Who owns the repository, and whether the token may make one there. */
import { z } from "zod";
import { setCommand } from "../../../lib/configuration-problems.ts";
import { optional } from "../../../providers/kit/answer.ts";
import { bodyOf, reasonIn, unexpected } from "../answer.ts";
import { type CheckContext, partCheck } from "../check.ts";
import { type Finding, ok, problem, warn } from "../finding.ts";
import { ownedRepository } from "./github-repository.ts";
import { user } from "./github-token.ts";

const account = z.object({ type: z.string() });
const organization = z.object({ members_can_create_repositories: optional(z.boolean()) });
const membership = z.object({ state: z.string(), role: optional(z.string()) });

export const githubOwner = partCheck("repository", {
  id: "github-owner",
  area: "GitHub",
  title: "owner",
  asks: "`GET /users/OWNER`; of an organization `GET /user/memberships/orgs/OWNER`, and `GET /orgs/OWNER` for what members may do.",
  finds: "There is no such owner, or the user of the token may not make a repository there.",
  needs: ["github-token"],
  async run(settings, context) {
    const { owner = "" } = context.facts;
    const github = context.readers.github();
    const found = await github.get(`/users/${encodeURIComponent(owner)}`);
    if (found.status === 404)
      return problem(`GitHub knows no user or organization ${owner}`, setCommand("github:owner"));
    if (bodyOf(found, account).type === "Organization") return inOrganization(owner, settings.name, context);
    const me = await github.get("/user");
    const login = me.status === 200 ? bodyOf(me, user).login : undefined;
    if (login?.toLowerCase() === owner.toLowerCase()) return ok(`${owner}, whose the token is`);
    return problem(
      `${owner} is a user, and the token is ${login ? `${login}'s` : "an App's"}: it can make no repository there`,
      `Use a token of ${owner}, or: ${setCommand("github:owner")}`,
    );
  },
});

async function inOrganization(owner: string, name: string, context: CheckContext): Promise<Finding> {
  const github = context.readers.github();
  const path = encodeURIComponent(owner);
  const answer = await github.get(`/user/memberships/orgs/${path}`);
  if (answer.status === 404)
    return problem(
      `the token's user is no member of ${owner}`,
      `Have an owner of ${owner} invite the user, or use a member's token.`,
    );
  if (answer.status === 403) {
    const why = reasonIn(answer);
    return warn(
      `${owner} is there; whether the token may act in it GitHub does not tell${why ? ` (${why})` : ""}`,
      "Give a classic token the scope read:org; a fine-grained one has to be made for the organization, and approved there.",
    );
  }
  if (answer.status !== 200) throw unexpected(answer);
  const { state, role } = bodyOf(answer, membership);
  if (state !== "active")
    return problem(`the invitation to ${owner} is not accepted yet`, `Accept it on the page of ${owner}.`);
  if (role !== "admin" && (await ownedRepository(context, name)).status === 404) {
    const rules = bodyOf(await github.get(`/orgs/${path}`), organization);
    if (rules.members_can_create_repositories === false)
      return problem(
        `members of ${owner} may make no repositories`,
        "Use a token of an owner of the organization, or let an owner make the repository and adopt it.",
      );
  }
  return ok(`${owner}, where the token's user is ${role === "admin" ? "an owner" : "a member"}`);
}
