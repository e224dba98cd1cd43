/** The repository, as several checks ask for it. */

import { z } from "zod";

import { repositoryPath as pathOf } from "../../services/github-repository.ts";

import type { ReadAnswer } from "../../services/reader.ts";
import type { CheckContext } from "../check.ts";

/** Path of a repository of the configured owner. */
export function repositoryPath({ facts }: CheckContext, name: string): string {
  return pathOf(facts.owner ?? "", name);
}

/** The answer to whether it is there. A former name is answered with the repository that had it. */
export function ownedRepository(context: CheckContext, name: string): Promise<ReadAnswer> {
  return context.readers.github().get(repositoryPath(context, name));
}

const named = z.object({ full_name: z.string() });

/**
 * The repository's name as GitHub spells it, where it differs in nothing but capitals; undefined when it does not, there
 * is none, or no token to ask with.
 */
export async function spelledByGithub(context: CheckContext, name: string): Promise<string | undefined> {
  if (!context.env["GITHUB_TOKEN"]) return undefined;
  const answer = await ownedRepository(context, name);
  const spelling = named.safeParse(answer.body).data?.full_name.split("/")[1];
  return answer.status === 200 && spelling?.toLowerCase() === name.toLowerCase() ? spelling : undefined;
}
