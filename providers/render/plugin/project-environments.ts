/** Bringing the environments of a project to what the project declares. */
import { isDeepStrictEqual } from "node:util";
import { createOnce } from "../../kit/create-once.ts";
import { deleteEnvironment, listEnvironments, patchEnvironment, postEnvironment } from "./api/environments.ts";
import type { EnvironmentSettings } from "./api/projects.ts";
import type { ApiContext } from "./client.ts";
import { settingsOf } from "./environment-settings.ts";

/** Adds and changes what differs, and deletes what was declared before and is not any more. */
export async function reconcileEnvironments(
  context: ApiContext,
  projectId: string,
  prior: readonly EnvironmentSettings[],
  declared: readonly EnvironmentSettings[],
): Promise<void> {
  const actual = new Map((await listEnvironments(context, projectId)).map((found) => [found.name, found]));
  for (const settings of declared) {
    const found = actual.get(settings.name);
    if (!found) await add(context, projectId, settings);
    else if (!isDeepStrictEqual(settingsOf(found), settings)) await patchEnvironment(context, found.id, settings);
  }
  const names = new Set(declared.map(({ name }) => name));
  for (const { name } of prior) {
    const found = actual.get(name);
    if (found && !names.has(name)) await deleteEnvironment(context, found.id, projectId);
  }
}

async function add(context: ApiContext, projectId: string, settings: EnvironmentSettings): Promise<void> {
  await createOnce({
    context,
    find: async () => (await listEnvironments(context, projectId)).filter(({ name }) => name === settings.name),
    create: ({ signal }) => postEnvironment({ ...context, signal }, { ...settings, projectId }),
    idOf: ({ id }) => id,
  });
}
