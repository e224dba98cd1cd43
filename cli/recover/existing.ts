/** Objects that exist although the state does not hold them, and whether this stack can be believed to have made them. */
import { isFailedRequest } from "../services/failed-request.ts";
import { nameOf, type StateResource } from "./exported-stack.ts";
import type { Candidate, Recipes } from "./recipe.ts";
import { listed, type SearchContext, searchFor, unmanaged } from "./search.ts";

/** A resource that the next `up` would create, and what stands in its way. */
export interface Existing {
  readonly resource: StateResource;
  /** What the resource is, in words. */
  readonly what: string;
  readonly candidates: readonly Candidate[];
}

/** What is to be thought of it. */
export interface Claim extends Existing {
  /** `own`: made by the update that failed, as far as its time tells. `unclear`: a person has to say. */
  readonly verdict: "own" | "unclear";
  /** Why, as sentences. */
  readonly reason: string;
}

/** What tells about an object that was found. */
export interface Circumstances {
  /** When the newest update that failed began, ISO 8601; undefined when the newest one ended well. */
  readonly failedSince: string | undefined;
  /** The other stack of this backend that holds an object of this type and id. */
  holder(type: string, stateId: string): Promise<string | undefined>;
}

/** What a search has come to. */
export interface FoundExisting {
  readonly found: readonly Existing[];
  /** What could not be looked up, and why, a sentence each. */
  readonly problems: readonly string[];
}

/**
 * Looks for what the next `up` would create. A resource whose natural key is not known yet, or whose type nobody can
 * look up, is passed over: `up` then tells. A service that refuses, or does not answer, is told: nothing was proved.
 */
export async function findExisting(
  creates: readonly StateResource[],
  recipes: Recipes,
  around: SearchContext,
): Promise<FoundExisting> {
  const problems = new Set<string>();
  const found = await Promise.all(
    creates.map(async (resource): Promise<Existing[]> => {
      const recipe = recipes[resource.type];
      if (!recipe || !("find" in recipe)) return [];
      const search = searchFor(resource, around);
      try {
        const what = `${recipe.kind} ${recipe.describe(search)}`;
        const candidates = await unmanaged(recipe, search, resource, around.stack);
        return candidates.length > 0 ? [{ resource, what, candidates }] : [];
      } catch (error) {
        around.signal.throwIfAborted();
        if (isFailedRequest(error))
          problems.add(`Whether ${recipe.kind} ${nameOf(resource.urn)} exists is not known. ${error.message}`);
        return [];
      }
    }),
  );
  return { found: found.flat(), problems: [...problems] };
}

/** Judges what was found. */
export async function claimOf(existing: Existing, { failedSince, holder }: Circumstances): Promise<Claim> {
  const { resource, candidates } = existing;
  const unclear = (reason: string): Claim => ({ ...existing, verdict: "unclear", reason });
  const [only, ...others] = candidates;
  if (!only || others.length > 0) return unclear(`It could be any of ${listed(candidates)}.`);
  const other = await holder(resource.type, only.stateId);
  if (other !== undefined) return unclear(`${only.importId} belongs to the stack ${other}.`);
  if (only.conflict) return unclear(`There is ${listed(candidates)}, but ${only.conflict}.`);
  if (failedSince === undefined)
    return unclear(`There is ${listed(candidates)}. No update has failed, so this stack did not make it.`);
  if (only.madeAt === undefined)
    return unclear(`There is ${only.importId}. When it was made, the service does not tell.`);
  const later = secondOf(only.madeAt) - secondOf(failedSince);
  if (later > 0)
    return { ...existing, verdict: "own", reason: `It exists: ${listed(candidates)}, after the failed update began.` };
  return unclear(
    later === 0
      ? `There is ${listed(candidates)}, in the very second in which the failed update began.`
      : `There is ${listed(candidates)}, before the failed update began at ${failedSince}.`,
  );
}

/** Services tell times in whole seconds, and so does the Pulumi CLI of an update's start: within one, nothing is known. */
function secondOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

/** The commands that say what such an object is. */
export function importChoices(claims: readonly Claim[]): string {
  const lines = claims.flatMap(({ resource, candidates }) =>
    candidates.map(({ importId }) => `  --import '${resource.urn}=${importId}'`),
  );
  return lines.join("\n");
}

/** What could not be decided, a paragraph each. */
export function claimsText(claims: readonly Claim[]): string {
  return claims
    .map(({ what, reason, resource }) => `  ${what} (${nameOf(resource.urn)} in the program)\n      ${reason}\n`)
    .join("");
}
