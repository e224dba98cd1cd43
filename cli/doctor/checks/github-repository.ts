/** The repository, as several checks ask for it. */
import type { ReadAnswer } from "../../services/reader.ts";
import type { CheckContext } from "../check.ts";

/** Path of a repository of the configured owner. */
export function repositoryPath({ facts }: CheckContext, name: string): string {
  return `/repos/${encodeURIComponent(facts.owner ?? "")}/${encodeURIComponent(name)}`;
}

/** The answer to whether it is there. */
export function ownedRepository(context: CheckContext, name: string): Promise<ReadAnswer> {
  return context.readers.github().get(repositoryPath(context, name));
}
