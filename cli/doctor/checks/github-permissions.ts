/** What GitHub's token may do. */
import { z } from "zod";
import { optional } from "../../../providers/kit/answer.ts";
import { bodyOf } from "../answer.ts";
import { type CheckContext, partCheck } from "../check.ts";
import { type Finding, notChecked, ok, problem, warn } from "../finding.ts";
import { ownedRepository, repositoryPath } from "./github-repository.ts";

const repository = z.object({ permissions: optional(z.object({ admin: optional(z.boolean()) })) });
const WANTED = "Administration and Contents, read and write";

/** Requests that only a fine-grained permission lets through ("Permissions required for fine-grained personal access tokens"). */
const PROBES = [
  { permission: "Administration", path: "/vulnerability-alerts" },
  { permission: "Contents", path: "/contents/" },
];

export const githubPermissions = partCheck("repository", {
  id: "github-permissions",
  area: "GitHub",
  title: "permissions of the token",
  asks:
    "The header `X-OAuth-Scopes` of `GET /user` names a classic token's scopes. A fine-grained token's permissions no request tells: on a " +
    "repository that is there, `GET .../vulnerability-alerts` needs Administration and `GET .../contents/` needs Contents.",
  finds: "A scope or permission is missing, by name.",
  needs: ["github-token"],
  async run(settings, context) {
    const { headers } = await context.readers.github().get("/user");
    const scopes = headers["x-oauth-scopes"];
    if (scopes === undefined) return fineGrained(settings.name, context);
    const given = scopes.split(",").map((scope) => scope.trim());
    const wanted = settings.visibility === "public" ? ["repo", "public_repo"] : ["repo"];
    if (!wanted.some((scope) => given.includes(scope)))
      return problem(
        `the token lacks the scope ${wanted.at(-1)}; it has ${scopes || "none"}`,
        "Add the scope under Settings, Developer settings, Personal access tokens, or make a new token with it.",
      );
    if (!context.configuration.protect && !given.includes("delete_repo"))
      return warn(
        "enough for `up`; `destroy` lacks the scope delete_repo",
        "Add it when the stack is to be destroyed.",
      );
    return ok(`classic, with the scopes that are needed`);
  },
});

async function fineGrained(name: string, context: CheckContext): Promise<Finding | readonly Finding[]> {
  const found = await ownedRepository(context, name);
  if (found.status !== 200)
    return notChecked(
      "fine-grained: what it may do shows only on a repository that is there",
      `It needs ${WANTED}, for all repositories of the owner.`,
    );
  const { permissions } = bodyOf(found, repository);
  if (permissions?.admin === false)
    return problem(
      `the token's user is no administrator of ${name}`,
      "Have an administrator raise the role, or use an administrator's token.",
    );
  const missing: string[] = [];
  for (const { permission, path } of PROBES) {
    const { status } = await context.readers.github().get(`${repositoryPath(context, name)}${path}`);
    if (status === 403) missing.push(permission);
  }
  if (missing.length > 0)
    return problem(
      `the fine-grained token lacks ${missing.join(" and ")} of ${name}`,
      `Give it ${WANTED}, under Settings, Developer settings, Personal access tokens.`,
    );
  return [
    ok("fine-grained: Administration and Contents can be read"),
    notChecked("whether it may write shows with the first up", `It needs ${WANTED}.`),
  ];
}
