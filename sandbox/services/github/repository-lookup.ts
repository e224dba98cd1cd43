/** Finds the repository that a path names, before its routes run. */
import type { MiddlewareHandler } from "hono";
import { VendorError } from "../core/vendor-error.ts";
import { forbidden, notFound } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import type { Repository } from "./repository.ts";
import { findRenamedRepository, findRepository } from "./repository-search.ts";

/**
 * Puts the repository into the context. Answers 404 for an unknown one, redirects a former name,
 * and 403 for a write into an archived one.
 */
export function repositoryLookup(github: Github): MiddlewareHandler<RepositoryEnv> {
  return async (c, next) => {
    const owner = c.req.param("owner") ?? "";
    const name = c.req.param("repo") ?? "";
    const repository = findRepository(github, owner, name);
    if (!repository) {
      const renamed = findRenamedRepository(github, owner, name);
      if (!renamed) throw notFound("repos/repos#get-a-repository");
      const rest = c.req.path.split("/").slice(6).join("/");
      throw redirect(github, renamed, rest, c.req.method);
    }
    if (repository.settings.archived && isRefusedWhenArchived(c.req.method, c.req.path)) {
      throw forbidden("Repository was archived so is read-only.");
    }
    c.set("repository", repository);
    return next();
  };
}

function redirect(github: Github, repository: Repository, rest: string, method: string): VendorError {
  const url = github.urls.api(`/repositories/${repository.id}${rest ? `/${rest}` : ""}`);
  const isRead = method === "GET" || method === "HEAD";
  return new VendorError(
    isRead ? 301 : 307,
    {
      message: isRead ? "Moved Permanently" : "Temporary Redirect",
      url,
      documentation_url: "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects",
    },
    { Location: url },
  );
}

/** An archived repository can still be read, unarchived and deleted. */
function isRefusedWhenArchived(method: string, path: string): boolean {
  const isRepositoryItself = path.split("/").length === 6;
  return method !== "GET" && method !== "HEAD" && !isRepositoryItself;
}
