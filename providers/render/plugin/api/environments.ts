/** Environments of projects ("Render Public API", Environments). */

import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { confirmUnlisted } from "../gone.ts";
import { type Environment, environment } from "./answers.ts";
import { type EnvironmentSettings, findProject } from "./projects.ts";

/** An environment, or undefined when it is gone; with its project's id, one that is listed there is not taken for gone. */
export async function findEnvironment(
  api: ApiContext,
  id: string,
  projectId?: string,
): Promise<Environment | undefined> {
  const found = await api.client.find(api, pathOf(id), environment);
  if (!found && projectId !== undefined) await confirmEnvironmentGone(api, id, projectId);
  return found;
}

/** The environments of a project. */
export function listEnvironments(api: ApiContext, projectId: string): Promise<Environment[]> {
  return api.client.list(api, pathOf(), "environment", environment, { projectId });
}

/** Creates an environment. Not repeatable: `createOnce` decides. */
export function postEnvironment(
  api: ApiContext,
  body: EnvironmentSettings & { readonly projectId: string },
): Promise<Environment> {
  return api.client.call(api, "POST", pathOf(), environment, { body });
}

/** Changes an environment. The request sets values, so that sending it twice does no harm. */
export function patchEnvironment(api: ApiContext, id: string, body: EnvironmentSettings): Promise<Environment> {
  return api.client.call(api, "PATCH", pathOf(id), environment, { body, repeatable: true });
}

/**
 * Deletes an environment, or finds it gone. Throws when anything is still in it: Render would delete that too
 * ("Delete environment").
 */
export async function deleteEnvironment(api: ApiContext, id: string, projectId: string): Promise<void> {
  const found = await findEnvironment(api, id, projectId);
  if (!found) return;
  refuseContents(found);
  if (!(await api.client.remove(api, pathOf(id)))) await confirmEnvironmentGone(api, id, projectId);
}

/** Without its project, whose list cannot be asked then, an environment is gone too. */
async function confirmEnvironmentGone(api: ApiContext, id: string, projectId: string): Promise<void> {
  const what = `environment ${id}`;
  if (await findProject(api, projectId)) await confirmUnlisted({ what, id }, () => listEnvironments(api, projectId));
  else api.log?.("debug", `${what} is taken for gone, because its project ${projectId} is`);
}

/** Throws when the environment holds a service, a database, a key value store or a group of variables. */
export function refuseContents({ id, name, ...contents }: Environment): void {
  const ids = contentsOf(contents);
  if (ids.length === 0) return;
  throw new Error(
    `environment "${name}" (${id}) still holds ${ids.join(", ")}, which Render would delete with it. ` +
      "Move them to another environment or delete them, then run the same command again",
  );
}

/** Ids of all that is in an environment. */
function contentsOf(of: Pick<Environment, "serviceIds" | "databasesIds" | "redisIds" | "envGroupIds">): string[] {
  return [of.serviceIds, of.databasesIds, of.redisIds, of.envGroupIds].flat();
}

/** Makes a service, datastore or environment group a member of the environment; it leaves the one it was in. */
export function joinEnvironment(api: ApiContext, id: string, memberId: string): Promise<void> {
  const body = { resourceIds: [memberId] };
  return api.client.send(api, "POST", `${pathOf(id)}/resources`, { body, repeatable: true });
}

/** Ends such a membership, or finds it ended. */
export async function leaveEnvironment(api: ApiContext, id: string, memberId: string): Promise<void> {
  const members = async () => {
    const found = await findEnvironment(api, id);
    return (found ? contentsOf(found) : []).map((member) => ({ id: member }));
  };
  if (await api.client.remove(api, `${pathOf(id)}/resources`, { resourceIds: [memberId] })) return;
  await confirmUnlisted({ what: `${memberId} in environment ${id}`, id: memberId }, members);
}

function pathOf(id?: string): string {
  return id === undefined ? "/environments" : `/environments/${segment(id)}`;
}
