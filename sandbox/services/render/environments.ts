/** Environments of a project, and what belongs to them. */
import type { Hono } from "hono";
import { z } from "zod";
import type { Collection } from "../core/service.ts";
import { cursorOf, existing, page, param, passes, passesTimes, readBody, refuse } from "./answers.ts";
import { deleteEnvGroup } from "./env-groups.ts";
import { newId } from "./ids.ts";
import type { Environment } from "./model.ts";
import type { Postgres } from "./postgres/model.ts";
import type { Render } from "./render.ts";

/** How what belongs to an environment is deleted. */
export interface EnvironmentContents {
  deleteService(id: string): Promise<void>;
  deletePostgres(postgres: Postgres): Promise<void>;
  deleteKeyValue(id: string): Promise<void>;
}

/** What an environment is made from. */
export const newEnvironmentFields = z.object({
  name: z.string().min(1),
  protectedStatus: z.enum(["unprotected", "protected"]).default("unprotected"),
  networkIsolationEnabled: z.boolean().optional(),
});
const newEnvironment = newEnvironmentFields.extend({ projectId: z.string() });
const update = z.object({
  name: z.string().min(1).optional(),
  protectedStatus: z.enum(["unprotected", "protected"]).optional(),
  networkIsolationEnabled: z.boolean().optional(),
});
const resources = z.object({ resourceIds: z.array(z.string()) });

/** Adds the routes. */
export function environmentRoutes(app: Hono, render: Render, contents: EnvironmentContents): void {
  app.get("/v1/environments", (c) => {
    if (c.req.query("projectId") === undefined) refuse(400, "missing projectId");
    const found = render.environments.list(
      (environment) =>
        passes(c, "projectId", environment.projectId) &&
        passes(c, "name", environment.name) &&
        passes(c, "environmentId", environment.id) &&
        passesTimes(c, environment),
    );
    const items = page(c, found, ({ id }) => id);
    return c.json(items.map((item) => ({ environment: describe(render, item), cursor: cursorOf(item.id) })));
  });

  app.post("/v1/environments", async (c) => {
    const { projectId, ...fields } = await readBody(c, newEnvironment);
    if (!render.projects.get(projectId)) refuse(400, `invalid projectId: ${projectId}`);
    return c.json(describe(render, createEnvironment(render, projectId, fields)), 201);
  });

  app.get("/v1/environments/:environment", (c) =>
    c.json(describe(render, existing(render.environments, param(c, "environment")))),
  );

  app.patch("/v1/environments/:environment", async (c) => {
    const body = await readBody(c, update);
    const environment = existing(render.environments, param(c, "environment"));
    const updated: Environment = Object.assign({ ...environment }, body, { updatedAt: render.now() });
    return c.json(describe(render, render.environments.put(environment.id, updated)));
  });

  app.delete("/v1/environments/:environment", async (c) => {
    await deleteEnvironment(render, contents, existing(render.environments, param(c, "environment")));
    return c.body(null, 204);
  });

  app.post("/v1/environments/:environment/resources", async (c) => {
    const environment = existing(render.environments, param(c, "environment"));
    const { resourceIds } = await readBody(c, resources);
    render.store.transaction(() => {
      for (const id of resourceIds) move(render, id, environment.id);
    });
    return c.json(describe(render, environment), 201);
  });

  app.delete("/v1/environments/:environment/resources", (c) => {
    const environment = existing(render.environments, param(c, "environment"));
    const ids = (c.req.queries("resourceIds") ?? []).flatMap((value) => value.split(","));
    if (ids.length === 0) refuse(400, "missing resourceIds");
    const databasesIds = databasesOf(render, environment).map((postgres) => postgres.id);
    const members = new Set([
      ...serviceIdsOf(render, environment),
      ...databasesIds,
      ...keyValueIdsOf(render, environment),
      ...envGroupIdsOf(render, environment),
    ]);
    render.store.transaction(() => {
      for (const id of ids.filter((id) => members.has(id))) move(render, id, undefined);
    });
    return c.body(null, 204);
  });
}

/** Environments of a project, oldest first. */
export function environmentsOf(render: Render, projectId: string): Environment[] {
  return render.environments.list((environment) => environment.projectId === projectId);
}

/** Adds an environment to a project. */
export function createEnvironment(
  render: Render,
  projectId: string,
  fields: z.infer<typeof newEnvironmentFields>,
): Environment {
  const now = render.now();
  const { networkIsolationEnabled: isolation, ...rest } = fields;
  const environment: Environment = {
    id: newId("evm"),
    projectId,
    ...rest,
    ...(isolation !== undefined && { networkIsolationEnabled: isolation }),
    createdAt: now,
    updatedAt: now,
  };
  return render.environments.put(environment.id, environment);
}

/** Deletes an environment with everything in it. */
export async function deleteEnvironment(
  render: Render,
  contents: EnvironmentContents,
  environment: Environment,
): Promise<void> {
  for (const id of serviceIdsOf(render, environment)) await contents.deleteService(id);
  for (const postgres of databasesOf(render, environment)) await contents.deletePostgres(postgres);
  for (const id of keyValueIdsOf(render, environment)) await contents.deleteKeyValue(id);
  for (const id of envGroupIdsOf(render, environment)) deleteEnvGroup(render, id);
  render.environments.delete(environment.id);
}

/** The environment of that id. Refuses with 400 when there is none. */
export function environmentOf(render: Render, id: string): string {
  if (!render.environments.get(id)) refuse(400, `invalid environmentId: ${id}`);
  return id;
}

/** Puts a service, datastore or environment group into an environment, or out of any. Refuses with 400 an unknown id. */
function move(render: Render, id: string, environmentId: string | undefined): void {
  const { services, envGroups, postgres, keyValues } = render;
  const isMoved =
    moveIn(services, id, environmentId) ||
    moveIn(envGroups, id, environmentId) ||
    moveIn(postgres, id, environmentId) ||
    moveIn(keyValues, id, environmentId);
  if (!isMoved) refuse(400, `invalid resourceId: ${id}`);
}

function moveIn<Item extends { readonly environmentId?: string }>(
  items: Collection<Item>,
  id: string,
  environmentId: string | undefined,
): boolean {
  const item = items.get(id);
  if (!item) return false;
  const { environmentId: _before, ...rest } = item;
  items.put(id, { ...rest, ...(environmentId !== undefined && { environmentId }) } as Item);
  return true;
}

function serviceIdsOf(render: Render, { id }: Environment): string[] {
  return render.services.list(({ environmentId }) => environmentId === id).map((service) => service.id);
}

function databasesOf(render: Render, { id }: Environment): Postgres[] {
  return render.postgres.list(({ environmentId }) => environmentId === id);
}

function keyValueIdsOf(render: Render, { id }: Environment): string[] {
  return render.keyValues.list(({ environmentId }) => environmentId === id).map((keyValue) => keyValue.id);
}

function envGroupIdsOf(render: Render, { id }: Environment): string[] {
  return render.envGroups.list(({ environmentId }) => environmentId === id).map((group) => group.id);
}

/**
 * An environment as recorded answers show it: an empty list is null in every one of them, and the isolation of its
 * network may be absent, here while nobody has set it.
 */
function describe(render: Render, environment: Environment): object {
  return {
    id: environment.id,
    name: environment.name,
    projectId: environment.projectId,
    databasesIds: nullWhenEmpty(databasesOf(render, environment).map(({ id }) => id)),
    redisIds: nullWhenEmpty(keyValueIdsOf(render, environment)),
    serviceIds: nullWhenEmpty(serviceIdsOf(render, environment)),
    envGroupIds: nullWhenEmpty(envGroupIdsOf(render, environment)),
    protectedStatus: environment.protectedStatus,
    ...(environment.networkIsolationEnabled !== undefined && {
      networkIsolationEnabled: environment.networkIsolationEnabled,
    }),
  };
}

function nullWhenEmpty(ids: readonly string[]): readonly string[] | null {
  return ids.length === 0 ? null : ids;
}
