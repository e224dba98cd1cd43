/** CircleCI's projects and contexts: slugs, names in an organization and names in a context are unique. */
import type { z } from "zod";
import { contextVariableAnswer, restrictionAnswer } from "../../../providers/circleci/plugin/answers.ts";
import type { ApiContext } from "../../../providers/circleci/plugin/client.ts";
import { contextsNamed, partsOf } from "../../../providers/circleci/plugin/context-api.ts";
import { projectsNamed } from "../../../providers/circleci/plugin/new-project.ts";
import { findProject } from "../../../providers/circleci/plugin/project-api.ts";
import { circleciClient } from "../../services/circleci.ts";
import { UserError } from "../../user-error.ts";
import { optionalText, type Recipes, type Search, text } from "../recipe.ts";

export const circleciRecipes: Recipes = {
  "circleci:index:Project": {
    kind: "CircleCI project",
    describe: (search) => optionalText(search, "slug") ?? `"${text(search, "name")}"`,
    async find(search) {
      const slug = optionalText(search, "slug");
      if (slug === undefined) {
        const [organization, name] = [text(search, "organization"), text(search, "name")];
        const found = await projectsNamed(circleciApi(search), organization, name);
        if (found.length > 0) return found.map((one) => ({ importId: one.slug, stateId: one.slug }));
        throw new UserError(
          "CircleCI lists only the projects that the token's user follows, and none of this name is among them.",
          "Look in CircleCI whether it exists; its slug stands in the project's settings.",
        );
      }
      const found = await findProject(circleciApi(search), slug);
      return found ? [{ importId: slug, stateId: slug }] : [];
    },
  },
  "circleci:index:Context": {
    kind: "CircleCI context",
    describe: (search) => `"${text(search, "name")}"`,
    async find(search) {
      const found = await contextsNamed(circleciApi(search), text(search, "organization"), text(search, "name"));
      return found.map(({ id, created_at }) => ({ importId: id, stateId: id, madeAt: created_at || undefined }));
    },
  },
  "circleci:index:ContextVariable": {
    kind: "CircleCI context variable",
    describe: (search) => text(search, "name"),
    async find(search) {
      const [contextId, name] = [text(search, "contextId"), text(search, "name")];
      const variables = await listOf(search, contextId, "environment-variable", contextVariableAnswer);
      const id = `${contextId}/${name}`;
      return variables
        .filter((found) => found.variable === name)
        .map(({ created_at }) => ({ importId: id, stateId: id, madeAt: created_at || undefined }));
    },
  },
  "circleci:index:ContextRestriction": {
    kind: "CircleCI context restriction",
    describe: (search) => `to ${text(search, "type")} ${text(search, "value")}`,
    async find(search) {
      const contextId = text(search, "contextId");
      const restrictions = await listOf(search, contextId, "restrictions", restrictionAnswer);
      const [type, value] = [text(search, "type"), text(search, "value")];
      return restrictions
        .filter((found) => found.restriction_type === type && found.restriction_value === value)
        .map(({ id }) => ({ importId: `${contextId}/${id}`, stateId: `${contextId}/${id}` }));
    },
  },
};

/** CircleCI's API with the token of the environment. Throws when there is none. */
export function circleciApi(search: Search): ApiContext {
  return { client: circleciClient(search.env), signal: search.signal };
}

async function listOf<Item>(
  search: Search,
  contextId: string,
  part: string,
  item: z.ZodType<Item>,
): Promise<readonly Item[]> {
  return (await partsOf(circleciApi(search), contextId, part, item)) ?? [];
}
