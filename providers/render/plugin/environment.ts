/** The Environment resource. */
import { z } from "zod";
import { createOnce } from "../../kit/create-once.ts";
import { alreadyExists } from "../../kit/existing.ts";
import type { CallContext, ResourceDefinition } from "../../kit/resource.ts";
import type { Environment } from "./api/answers.ts";
import {
  deleteEnvironment,
  findEnvironment,
  listEnvironments,
  patchEnvironment,
  postEnvironment,
} from "./api/environments.ts";
import { projectsNamed } from "./api/projects.ts";
import type { RenderClient } from "./client.ts";
import { environmentSettings, settingsOf } from "./environment-settings.ts";
import { onlyOne } from "./only-one.ts";

const TOKEN = "render:index:Environment";

const inputs = environmentSettings.extend({
  projectId: z.string().min(1).describe("Id of the project (`prj-…`). A change replaces the environment."),
});

type Inputs = z.infer<typeof inputs>;

/** An environment of a project. */
export const environment: ResourceDefinition<RenderClient, Inputs, Inputs> = {
  token: TOKEN,
  description:
    "An environment of a Render project (Render Public API, Environments). It is not deleted while anything is in it. " +
    "Import by id (`evm-…`) or as `project name/environment name`.",
  inputs,
  outputs: inputs,
  replaceOnChanges: ["projectId"],
  async create(context, declared) {
    const { id } = await createOnce({
      context,
      find: () => environmentsNamed(context, declared.projectId, declared.name),
      create: ({ signal }) => postEnvironment({ ...context, signal }, declared),
      idOf: (found) => found.id,
      refuse: (found) => alreadyExists({ kind: "environment", token: TOKEN, name: declared.name, importId: found.id }),
    });
    return { id, outputs: declared };
  },
  async read(context, idOrName, prior) {
    const found = await (prior
      ? findEnvironment(context, idOrName, prior.inputs.projectId)
      : resolve(context, idOrName));
    if (!found) return undefined;
    const described = { ...settingsOf(found), projectId: found.projectId };
    return { id: found.id, inputs: described, outputs: described };
  },
  async update(context, id, _prior, { projectId, ...settings }) {
    await patchEnvironment(context, id, settings);
    return { ...settings, projectId };
  },
  delete: (context, id, { inputs: { projectId } }) => deleteEnvironment(context, id, projectId),
};

async function environmentsNamed(
  context: CallContext<RenderClient>,
  projectId: string,
  name: string,
): Promise<Environment[]> {
  return (await listEnvironments(context, projectId)).filter((candidate) => candidate.name === name);
}

async function resolve(context: CallContext<RenderClient>, idOrName: string): Promise<Environment | undefined> {
  const slash = idOrName.indexOf("/");
  if (slash < 0) return findEnvironment(context, idOrName);
  const [projectName, name] = [idOrName.slice(0, slash), idOrName.slice(slash + 1)];
  const project = onlyOne("project", projectName, await projectsNamed(context, projectName));
  return project && onlyOne("environment", name, await environmentsNamed(context, project.id, name));
}
