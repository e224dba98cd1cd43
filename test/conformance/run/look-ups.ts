/** How `delivery recover` looks for what an interrupted create has made. */
import { recipes } from "../../../cli/recover/recipes.ts";
import { UserError } from "../../../cli/user-error.ts";
import { type PropertyTree, reveal } from "../../../providers/kit/values.ts";

/** Looks for the object with these inputs, if it can be looked up. Throws when it is not found. */
export async function lookUp(env: NodeJS.ProcessEnv, token: string, inputs: PropertyTree): Promise<void> {
  const recipe = recipes[token];
  if (!recipe || !("find" in recipe)) return;
  const plain = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, reveal(value)]));
  const { signal } = new AbortController();
  try {
    const found = await recipe.find({ inputs: plain, providerInputs: {}, env, signal });
    if (found.length === 0) throw new Error(`${token} is not found by its natural key`);
  } catch (error) {
    // A person is told what no service can be asked.
    if (!(error instanceof UserError)) throw error;
  }
}
