/** Looks for the object of a resource by its natural key. */
import { type ExportedStack, providerUrn, type StateResource } from "./exported-stack.ts";
import type { Candidate, LookUp, Search } from "./recipe.ts";

/** What a search goes by. */
export interface SearchContext {
  readonly stack: ExportedStack;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** The search for a resource, with its provider's inputs as the state has them. */
export function searchFor({ inputs, ...resource }: StateResource, { stack, env, signal }: SearchContext): Search {
  const urn = providerUrn({ inputs, ...resource });
  const provider = stack.resources.find((candidate) => candidate.urn === urn);
  return { inputs, providerInputs: provider?.inputs ?? {}, env, signal };
}

/** What is found, without what another resource of the stack stands for. */
export async function unmanaged(
  recipe: LookUp,
  search: Search,
  { urn, type }: StateResource,
  { resources }: ExportedStack,
): Promise<Candidate[]> {
  const others = resources.filter((resource) => resource.type === type && resource.urn !== urn);
  const taken = new Set(others.map(({ id }) => id));
  return (await recipe.find(search)).filter(({ stateId }) => !taken.has(stateId));
}

/** Candidates in words: import ids, and when each was made. */
export function listed(candidates: readonly Candidate[]): string {
  return candidates.map(({ importId, madeAt }) => (madeAt ? `${importId}, made ${madeAt}` : importId)).join("; ");
}
