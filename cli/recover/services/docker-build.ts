/** Images: nothing is looked up in the registry. */
import type { Recipes } from "../recipe.ts";

export const dockerBuildRecipes: Recipes = {
  "docker-build:index:Image": {
    kind: "Docker image",
    repeatable: "Its tag follows from its content, so building and pushing it again gives the same tag.",
  },
};
