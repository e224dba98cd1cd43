/** What another service may ask about the emulated GitHub's repositories. */
import type { ServiceContext } from "../core/service.ts";
import { openGithub } from "./github.ts";
import { findRepository } from "./repository-search.ts";

/** Look-ups by name and by id. */
export interface RepositoryDirectory {
  /** Whether there is a repository of exactly this spelling. */
  repositoryExists(owner: string, name: string): boolean;
  /** `owner/name` of the repository with a numeric id. */
  repositoryName(id: string): string | undefined;
}

/** The directory over GitHub's own context. */
export function repositoryDirectory(context: ServiceContext): RepositoryDirectory {
  const github = openGithub(context);
  return {
    repositoryExists(owner, name) {
      const found = findRepository(github, owner, name);
      return found?.owner === owner && found.name === name;
    },
    repositoryName(id) {
      const repository = github.data.repositories.get(id);
      return repository && `${repository.owner}/${repository.name}`;
    },
  };
}
