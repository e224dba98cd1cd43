/** What another service may ask about the emulated GitHub's repositories. */
import type { ServiceContext } from "../core/service.ts";
import { openGithub } from "./github.ts";
import { findRepository } from "./repository-search.ts";

/** Look-ups by name and by id. */
export interface RepositoryDirectory {
  /** Whether there is a repository of exactly this spelling. */
  repositoryExists(owner: string, name: string): boolean;
  /** The numeric id of a repository. */
  repositoryId(owner: string, name: string): string | undefined;
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
    repositoryId(owner, name) {
      const repository = findRepository(github, owner, name);
      return repository && String(repository.id);
    },
    repositoryName(id) {
      const repository = github.data.repositories.get(id);
      return repository && `${repository.owner}/${repository.name}`;
    },
  };
}
