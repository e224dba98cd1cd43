/** What GitHub's token and plan do not allow, where the sandbox's account has such limits. */
import type { MiddlewareHandler } from "hono";
import type { AccountLimits } from "../core/service.ts";
import { forbidden } from "./errors.ts";
import type { RepositoryEnv } from "./github.ts";

/** The permission that a fine-grained token needs for the routes below a repository; others need none here. */
const PERMISSIONS = { "vulnerability-alerts": "administration", contents: "contents" } as const;

/** Whether an organization is shown whole: only a classic token with `admin:org` sees its plan. */
export function seesEverything({ githubPermissions, githubScopes }: AccountLimits): boolean {
  return githubPermissions === undefined && (githubScopes?.includes("admin:org") ?? true);
}

/** Whether the token may see which organizations its user belongs to. */
export function maySeeMembership({ githubPermissions, githubScopes }: AccountLimits): boolean {
  if (githubPermissions !== undefined) return false;
  return githubScopes?.some((scope) => /^(read|write|admin):org$/.test(scope)) ?? true;
}

/** Whether labels of a new issue are taken over: only who may push can set them. */
export function maySetLabels({ githubPermissions }: AccountLimits): boolean {
  return githubPermissions === undefined || githubPermissions.includes("contents");
}

/** Whether the token may push. */
export function isRepositoryWriteAllowed({ githubPermissions }: AccountLimits): boolean {
  return githubPermissions === undefined || githubPermissions.includes("contents");
}

/** Refuses what a fine-grained token has no permission for. */
export function tokenPermissions({ githubPermissions }: AccountLimits): MiddlewareHandler<RepositoryEnv> {
  return async (c, next) => {
    const part = c.req.path.split("/")[6] as keyof typeof PERMISSIONS;
    const needed = PERMISSIONS[part];
    if (githubPermissions && needed && !githubPermissions.includes(needed))
      throw forbidden("Resource not accessible by personal access token");
    return next();
  };
}

/** A free plan has rulesets of public repositories only. */
export function rulesetsOfPlan({ githubPlan }: AccountLimits): MiddlewareHandler<RepositoryEnv> {
  return async (c, next) => {
    if (githubPlan === "free" && c.var.repository.settings.visibility !== "public")
      throw forbidden("Upgrade to GitHub Pro or make this repository public to enable this feature.");
    return next();
  };
}
