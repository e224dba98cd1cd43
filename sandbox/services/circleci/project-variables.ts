/** Environment variables of a project. Their values are never answered, only their last four characters. */
import type { Context, Hono } from "hono";
import { z } from "zod";
import { inBothSpellings, page, readBody, refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import type { ProjectVariable } from "./model.ts";
import { onProject, param, projectOf } from "./slugs.ts";
import { variableName } from "./variable-name.ts";

const newVariable = z.object({ name: variableName, value: z.string() });

/** Adds the routes. */
export function projectVariableRoutes(app: Hono, circleci: Circleci): void {
  const variableOf = (c: Context, slug: string): ProjectVariable => {
    const variable = circleci.projectVariables.get(`${projectOf(circleci, slug).id}/${param(c, "name")}`);
    if (variable === undefined) refuse(404, "Environment variable not found.");
    return variable;
  };

  onProject(app, "GET", "/envvar", (c, slug) => {
    const project = projectOf(circleci, slug);
    const variables = circleci.projectVariables.list(({ projectId }) => projectId === project.id);
    return c.json(page(c, variables.map(describe)));
  });

  onProject(app, "POST", "/envvar", async (c, slug) => {
    const { id: projectId } = projectOf(circleci, slug);
    const { name, value } = await readBody(c, newVariable);
    const variable = { projectId, name, value, createdAt: circleci.now() };
    return c.json(describe(circleci.projectVariables.put(`${projectId}/${name}`, variable)), 201);
  });

  onProject(app, "GET", "/envvar/:name", (c, slug) => c.json(describe(variableOf(c, slug))));

  onProject(app, "DELETE", "/envvar/:name", (c, slug) => {
    const { projectId, name } = variableOf(c, slug);
    circleci.projectVariables.delete(`${projectId}/${name}`);
    return c.json({ message: "ok" });
  });
}

function describe({ name, value, createdAt }: ProjectVariable): Record<string, unknown> {
  return inBothSpellings({ name, value: `xxxx${value.slice(-4)}`, created_at: createdAt });
}
