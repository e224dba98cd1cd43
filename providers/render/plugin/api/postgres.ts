/** Databases ("Render Public API", Postgres). */
import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { confirmGone, listed } from "../gone.ts";
import { type Postgres, type PostgresConnection, postgres, postgresConnection } from "./datastore-answers.ts";

/** A database, or undefined when it is gone; with its workspace's id, one that is listed there is not taken for gone. */
export async function findPostgres(api: ApiContext, id: string, ownerId?: string): Promise<Postgres | undefined> {
  const found = await api.client.find(api, pathOf(id), postgres);
  if (!found && ownerId !== undefined) await confirmPostgresGone(api, id, ownerId);
  return found;
}

/** Databases of this name, in one workspace or in all that the API key may see. Read replicas are not among them. */
export async function postgresNamed(api: ApiContext, name: string, ownerId?: string): Promise<Postgres[]> {
  return (await listPostgres(api, { name, ownerId })).filter((candidate) => candidate.name === name);
}

/** Databases of one workspace, or of all that the API key may see. Read replicas are not among them. */
export async function listPostgres(
  api: ApiContext,
  filter: { readonly name?: string; readonly ownerId: string | undefined },
): Promise<Postgres[]> {
  const found = await api.client.list(api, pathOf(), "postgres", postgres, { ...filter, includeReplicas: "false" });
  return found.filter(
    ({ role, owner }) => role !== "replica" && (filter.ownerId === undefined || owner.id === filter.ownerId),
  );
}

/** Creates a database. Not repeatable: `createOnce` decides. */
export function postPostgres(api: ApiContext, body: object): Promise<Postgres> {
  return api.client.call(api, "POST", pathOf(), postgres, { body });
}

/** Changes a database. The request sets values, so that sending it twice does no harm. */
export function patchPostgres(api: ApiContext, id: string, body: object): Promise<Postgres> {
  return api.client.call(api, "PATCH", pathOf(id), postgres, { body, repeatable: true });
}

/** How to connect to a database. */
export function getConnection(api: ApiContext, id: string): Promise<PostgresConnection> {
  return api.client.call(api, "GET", `${pathOf(id)}/connection-info`, postgresConnection);
}

/** Deletes a database with its data, or finds it gone. */
export async function deletePostgres(api: ApiContext, id: string, ownerId: string): Promise<void> {
  if (!(await api.client.remove(api, pathOf(id)))) await confirmPostgresGone(api, id, ownerId);
}

function confirmPostgresGone(api: ApiContext, id: string, ownerId: string): Promise<void> {
  const list = () => api.client.list(api, pathOf(), "postgres", listed, { ownerId });
  return confirmGone(api, { what: `database ${id}`, id, ownerId }, list);
}

function pathOf(id?: string): string {
  return id === undefined ? "/postgres" : `/postgres/${segment(id)}`;
}
