/** CircleCI's objects. */
import { z } from "zod";
import { type ApiContext, CircleciClient, segment } from "../../../providers/circleci/plugin/client.ts";
import { organizationQuery } from "../../../providers/circleci/plugin/organizations.ts";
import { findProject } from "../../../providers/circleci/plugin/project-api.ts";
import { UserError } from "../../user-error.ts";
import { optionalText, type Recipes, type Search, text, token } from "../recipe.ts";

const context = z.object({ id: z.string(), name: z.string(), created_at: z.string() });
const variable = z.object({ variable: z.string(), created_at: z.string() });

export const circleciRecipes: Recipes = {
  "circleci:index:Project": {
    kind: "CircleCI project",
    describe: (search) => optionalText(search, "slug") ?? `"${text(search, "name")}"`,
    async find(search) {
      const slug = optionalText(search, "slug");
      if (slug === undefined) {
        throw new UserError(
          "CircleCI lists no projects, so one of a GitHub App organization cannot be looked for.",
          "Look in CircleCI whether it exists; its slug stands in the project's settings.",
        );
      }
      const found = await findProject(api(search), slug);
      return found ? [{ importId: slug, stateId: slug }] : [];
    },
  },
  "circleci:index:Context": {
    kind: "CircleCI context",
    describe: (search) => `"${text(search, "name")}"`,
    async find(search) {
      const query = organizationQuery(text(search, "organization"));
      const contexts = await api(search).client.list(search, "/api/v2/context", context, query);
      return contexts
        .filter(({ name }) => name === text(search, "name"))
        .map(({ id, created_at }) => ({ importId: id, stateId: id, madeAt: created_at }));
    },
  },
  "circleci:index:ContextVariable": {
    kind: "CircleCI context variable",
    describe: (search) => text(search, "name"),
    async find(search) {
      const contextId = text(search, "contextId");
      const path = `/api/v2/context/${segment(contextId)}/environment-variable`;
      const variables = await api(search).client.list(search, path, variable);
      return variables
        .map((found) => ({ id: `${contextId}/${found.variable}`, ...found }))
        .filter((found) => found.variable === text(search, "name"))
        .map(({ id, created_at }) => ({ importId: id, stateId: id, madeAt: created_at }));
    },
  },
};

function api(search: Search): ApiContext {
  const client = new CircleciClient(token(search, "CIRCLE_TOKEN"), search.env["CIRCLE_BASE_URL"]);
  return { client, signal: search.signal };
}
