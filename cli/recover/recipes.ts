/** Every resource type whose interrupted create can be settled. */
import type { Recipes } from "./recipe.ts";
import { circleciRecipes } from "./services/circleci.ts";
import { circleciProjectRecipes } from "./services/circleci-project-parts.ts";
import { dockerBuildRecipes } from "./services/docker-build.ts";
import { githubRecipes } from "./services/github.ts";
import { renderRecipes } from "./services/render.ts";
import { sentryRecipes } from "./services/sentry.ts";

export const recipes: Recipes = {
  ...githubRecipes,
  ...circleciRecipes,
  ...circleciProjectRecipes,
  ...dockerBuildRecipes,
  ...sentryRecipes,
  ...renderRecipes,
};
