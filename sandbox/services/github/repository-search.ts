/** Finds repositories by name; GitHub ignores case and remembers former names. */
import type { Github } from "./github.ts";
import type { Repository } from "./repository.ts";

/** Finds by owner and name, in any case. */
export function findRepository(github: Github, owner: string, name: string): Repository | undefined {
  const same = (repository: Repository): boolean => repository.owner.toLowerCase() === owner.toLowerCase();
  const wanted = name.toLowerCase();
  return github.data.repositories.find((repository) => same(repository) && repository.name.toLowerCase() === wanted);
}

/** Finds by a name that the repository had before. */
export function findRenamedRepository(github: Github, owner: string, name: string): Repository | undefined {
  const wanted = name.toLowerCase();
  return github.data.repositories.find(
    (repository) =>
      repository.owner.toLowerCase() === owner.toLowerCase() &&
      repository.formerNames.some((former) => former.toLowerCase() === wanted),
  );
}
