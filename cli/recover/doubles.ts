/** Objects of one name, where a service allows that: a request whose answer was lost may have been sent twice. */
import type { Recipes } from "./recipe.ts";
import { listed, type SearchContext, searchFor, unmanaged } from "./search.ts";

/** Every further object of the natural key of one in the state, a sentence each. */
export async function doubles(recipes: Recipes, around: SearchContext): Promise<string[]> {
  const found = await Promise.all(
    around.stack.resources.map(async (resource) => {
      const recipe = recipes[resource.type];
      if (!recipe || !("mayRepeat" in recipe) || resource.id === undefined || resource.delete) return [];
      const search = searchFor(resource, around);
      const all = await unmanaged(recipe, search, resource, around.stack).catch(() => []);
      around.signal.throwIfAborted();
      const others = all.filter(({ stateId }) => stateId !== resource.id);
      if (others.length === 0) return [];
      return [
        `${recipe.kind} ${recipe.describe(search)} exists more than once: the state holds ${resource.id}, and there is ` +
          `${listed(others)} besides. Delete what nothing uses at the service.`,
      ];
    }),
  );
  return found.flat();
}
