/** The Project resource. */
import { z } from "zod";
import { createOnce } from "../../kit/create-once.ts";
import { alreadyExists } from "../../kit/existing.ts";
import type { CallContext, CreateContext, PriorState, ReadResult, ResourceDefinition } from "../../kit/resource.ts";
import type { Environment, Project } from "./api/answers.ts";
import { listEnvironments, refuseContents } from "./api/environments.ts";
import { deleteProject, findProject, postProject, projectsNamed, renameProject } from "./api/projects.ts";
import type { RenderClient } from "./client.ts";
import { environmentSettings, settingsOf } from "./environment-settings.ts";
import { onlyOne } from "./only-one.ts";
import { reconcileEnvironments } from "./project-environments.ts";

const TOKEN = "render:index:Project";

const inputs = z.object({
  name: z.string().min(1).describe("Name of the project, unique in its workspace."),
  ownerId: z.string().min(1).describe("Id of the workspace (`tea-…`) that owns it. A change replaces the project."),
  environments: z
    .array(environmentSettings)
    .min(1)
    .describe("Environments that are declared with the project, one at least. Others are left alone."),
});

const outputs = inputs.extend({
  environmentIds: z.record(z.string(), z.string()).describe("Ids (`evm-…`) of the declared environments by name."),
});

type Inputs = z.infer<typeof inputs>;
type Outputs = z.infer<typeof outputs>;

/** A project: a group of environments. */
export const project: ResourceDefinition<RenderClient, Inputs, Outputs> = {
  token: TOKEN,
  description:
    "A project in a Render workspace, with its environments (Render Public API, Projects). It is not deleted while " +
    "anything is in one of them. Import by id (`prj-…`) or name.",
  inputs,
  outputs,
  replaceOnChanges: ["ownerId"],
  check: ({ environments = [] }) => {
    const names = environments.map(({ name }) => name);
    const twice = names.filter((name, index) => names.indexOf(name) < index);
    return twice.map((name) => ({ property: "environments", reason: `"${name}" is there twice` }));
  },
  unstable: (changed) => (changed.includes("environments") ? ["environmentIds"] : []),
  create,
  read,
  async update(context, id, prior, declared) {
    if (declared.name !== prior.inputs.name) await renameProject(context, id, declared.name);
    await reconcileEnvironments(context, id, prior.inputs.environments, declared.environments);
    return { ...declared, environmentIds: await environmentIds(context, id, declared) };
  },
  async delete(context, id, { inputs: { ownerId } }) {
    if (!(await findProject(context, id, ownerId))) return;
    for (const environment of await listEnvironments(context, id)) refuseContents(environment);
    await deleteProject(context, id, ownerId);
  },
};

async function create(
  context: CreateContext<RenderClient, Outputs>,
  declared: Inputs,
): Promise<{ id: string; outputs: Outputs }> {
  const { name, ownerId } = declared;
  const { id } = await createOnce<Project>({
    context,
    find: () => projectsNamed(context, name, ownerId),
    create: ({ signal }) => postProject({ ...context, signal }, declared),
    idOf: (found) => found.id,
    refuse: (found) => alreadyExists({ kind: "project", token: TOKEN, name, importId: found.id }),
  });
  context.created(id, { ...declared, environmentIds: {} });
  return { id, outputs: { ...declared, environmentIds: await environmentIds(context, id, declared) } };
}

/** The ids by name. A request that was taken twice on its way has left two of one name: only a person can tell which. */
async function environmentIds(
  context: CallContext<RenderClient>,
  id: string,
  declared: Inputs,
): Promise<Record<string, string>> {
  const environments = await listEnvironments(context, id);
  for (const { name } of declared.environments) {
    const [first, ...others] = environments.filter((one) => one.name === name).map((one) => one.id);
    if (others.length === 0) continue;
    const ids = [first, ...others].join(" and ");
    context.log("warning", `the project has the environment "${name}" twice: ${ids}. Delete the one that nothing uses`);
  }
  return idsOf(declared, environments);
}

async function read(
  context: CallContext<RenderClient>,
  idOrName: string,
  prior?: PriorState<Inputs, Outputs>,
): Promise<ReadResult<Inputs, Outputs> | undefined> {
  const found = await (prior || /^prj-\w+$/.test(idOrName)
    ? findProject(context, idOrName, prior?.inputs.ownerId)
    : projectsNamed(context, idOrName).then((projects) => onlyOne("project", idOrName, projects)));
  if (!found) return undefined;
  const environments = await listEnvironments(context, found.id);
  const names = prior?.inputs.environments.map(({ name }) => name) ?? environments.map(({ name }) => name);
  const described: Inputs = {
    name: found.name,
    ownerId: found.owner.id,
    environments: names.flatMap((name) => environments.filter((one) => one.name === name).map(settingsOf)),
  };
  return { id: found.id, inputs: described, outputs: { ...described, environmentIds: idsOf(described, environments) } };
}

function idsOf(declared: Inputs, environments: readonly Environment[]): Record<string, string> {
  const names = new Set(declared.environments.map(({ name }) => name));
  const own = environments.filter(({ name }) => names.has(name));
  return Object.fromEntries(own.map(({ name, id }) => [name, id]));
}
