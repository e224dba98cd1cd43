/** Projects: groups of environments. */
import type { Hono } from "hono";
import { z } from "zod";
import { cursorOf, existing, page, param, passes, passesTimes, readBody } from "./answers.ts";
import {
  createEnvironment,
  deleteEnvironment,
  type EnvironmentContents,
  environmentsOf,
  newEnvironmentFields,
} from "./environments.ts";
import { newId } from "./ids.ts";
import type { Project } from "./model.ts";
import { requireOwner } from "./owners.ts";
import type { Render } from "./render.ts";

const newProject = z.object({
  name: z.string().min(1),
  ownerId: z.string(),
  environments: z.array(newEnvironmentFields).min(1),
});
const update = z.object({ name: z.string().min(1).optional() });

/** Adds the routes. */
export function projectRoutes(app: Hono, render: Render, contents: EnvironmentContents): void {
  const describe = (project: Project): object => ({
    id: project.id,
    createdAt: project.createdAt,
    updatedAt: project.updatedAt,
    name: project.name,
    owner: render.owner,
    environmentIds: environmentsOf(render, project.id).map(({ id }) => id),
  });

  app.get("/v1/projects", (c) => {
    const found = render.projects.list(
      (project) => passes(c, "name", project.name) && passes(c, "ownerId", project.ownerId) && passesTimes(c, project),
    );
    const items = page(c, found, ({ id }) => id);
    return c.json(items.map((item) => ({ project: describe(item), cursor: cursorOf(item.id) })));
  });

  app.post("/v1/projects", async (c) => {
    const body = await readBody(c, newProject);
    requireOwner(render, body.ownerId);
    const now = render.now();
    const { name, ownerId } = body;
    const project = { id: newId("prj"), name, ownerId, createdAt: now, updatedAt: now };
    render.store.transaction(() => {
      render.projects.put(project.id, project);
      for (const fields of body.environments) createEnvironment(render, project.id, fields);
    });
    return c.json(describe(project), 201);
  });

  app.get("/v1/projects/:project", (c) => c.json(describe(existing(render.projects, param(c, "project")))));

  app.patch("/v1/projects/:project", async (c) => {
    const body = await readBody(c, update);
    const project = existing(render.projects, param(c, "project"));
    const { name = project.name } = body;
    return c.json(describe(render.projects.put(project.id, { ...project, name, updatedAt: render.now() })));
  });

  app.delete("/v1/projects/:project", async (c) => {
    const { id } = existing(render.projects, param(c, "project"));
    for (const environment of environmentsOf(render, id)) await deleteEnvironment(render, contents, environment);
    render.projects.delete(id);
    return c.body(null, 204);
  });
}
