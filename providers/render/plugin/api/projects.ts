/** Projects ("Render Public API", Projects). */

import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { confirmGone, listed } from "../gone.ts";
import { type Project, project } from "./answers.ts";

/** What can be set of an environment, by itself or with its new project. */
export interface EnvironmentSettings {
  readonly name: string;
  readonly protectedStatus: "unprotected" | "protected";
  readonly networkIsolationEnabled: boolean;
}

/** A project, or undefined when it is gone; with its workspace's id, one that is listed there is not taken for gone. */
export async function findProject(api: ApiContext, id: string, ownerId?: string): Promise<Project | undefined> {
  const found = await api.client.find(api, `/projects/${segment(id)}`, project);
  if (!found && ownerId !== undefined) await confirmProjectGone(api, id, ownerId);
  return found;
}

/** Projects of this name, in one workspace or in all that the API key may see. */
export async function projectsNamed(api: ApiContext, name: string, ownerId?: string): Promise<Project[]> {
  const projects = await api.client.list(api, "/projects", "project", project, { name, ownerId });
  return projects.filter((candidate) => candidate.name === name);
}

/** Creates a project with its first environments. Not repeatable: `createOnce` decides. */
export function postProject(
  api: ApiContext,
  body: { readonly name: string; readonly ownerId: string; readonly environments: readonly EnvironmentSettings[] },
): Promise<Project> {
  return api.client.call(api, "POST", "/projects", project, { body });
}

/** Renames a project. */
export async function renameProject(api: ApiContext, id: string, name: string): Promise<void> {
  await api.client.send(api, "PATCH", `/projects/${segment(id)}`, { body: { name }, repeatable: true });
}

/** Deletes a project with its environments, or finds it gone. */
export async function deleteProject(api: ApiContext, id: string, ownerId: string): Promise<void> {
  if (!(await api.client.remove(api, `/projects/${segment(id)}`))) await confirmProjectGone(api, id, ownerId);
}

function confirmProjectGone(api: ApiContext, id: string, ownerId: string): Promise<void> {
  const list = () => api.client.list(api, "/projects", "project", listed, { ownerId });
  return confirmGone(api, { what: `project ${id}`, id, ownerId }, list);
}
