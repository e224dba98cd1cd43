/** The ProjectVariable resource. */
import { z } from "zod";
import { alreadyExists } from "../../kit/existing.ts";
import type { ResourceDefinition } from "../../kit/resource.ts";
import { isStatus } from "../../kit/service-error.ts";
import { segment } from "../../kit/vendor-client.ts";
import { type ProjectVariableAnswer as Answer, projectVariableAnswer as answer } from "./answers.ts";
import type { ApiContext, CircleciClient } from "./client.ts";
import { contradiction, knownProject, projectPath } from "./project-api.ts";
import { remove } from "./removal.ts";
import { slugsIn } from "./spelling.ts";
import { upsert } from "./upsert.ts";
import { environmentVariableName } from "./variable-name.ts";
import { writtenElsewhere } from "./written-elsewhere.ts";

const TOKEN = "circleci:index:ProjectVariable";

const inputs = z.object({
  project: z.string().min(1).describe("Slug of the project (`gh/acme/site`). A change replaces the variable."),
  name: environmentVariableName.describe(
    "Name of the variable. A change replaces the variable: the old name goes first.",
  ),
  value: z
    .string()
    .min(1)
    .describe("Its value. CircleCI shows at most its last four characters; a change of it is written in place."),
});

const outputs = inputs.extend({
  value: z.string().optional().describe("Its value as declared; absent after an import."),
  maskedValue: z.string().describe("Its value as CircleCI shows it."),
  createdAt: z.string().optional().describe("When it was last written, ISO 8601, where CircleCI says so."),
});

type Inputs = z.infer<typeof inputs>;
type Outputs = z.infer<typeof outputs>;

/** An environment variable of a project. */
export const projectVariable: ResourceDefinition<CircleciClient, Inputs, Outputs> = {
  token: TOKEN,
  description:
    "An environment variable of a project, for all its jobs (CircleCI API v2, Project). Its value is never shown in full: " +
    "that somebody else wrote it is seen by its last four characters and its time, and the next update writes the " +
    "declared value again; another value with the same end, written in a way that keeps the time, is not seen. Import " +
    "by project and name: `gh/acme/site/<name>`; an import takes the declared value for the one that is there.",
  inputs,
  outputs,
  secrets: ["value", "maskedValue"],
  writeOnly: ["value"],
  replaceOnChanges: ["project", "name"],
  deleteBeforeReplace: ["project", "name"],
  isChange: slugsIn("project"),
  unstable: () => ["maskedValue", "createdAt"],
  async create(call, declared) {
    const id = `${declared.project}/${declared.name}`;
    const before = await find(call, declared.project, declared.name);
    if (before) throw alreadyExists({ kind: "variable of the project", token: TOKEN, name: before.name, importId: id });
    return { id, outputs: await post(call, declared, () => call.created(id, declared)) };
  },
  async read(call, id, prior) {
    const [, project = "", name = ""] = /^(.+)\/([^/]+)$/.exec(id) ?? [];
    const found = await find(call, project, name);
    if (!found) return undefined;
    const shown = shownOf(found);
    const value =
      prior && (isSame(prior.outputs, shown) ? prior.inputs.value : writtenElsewhere(shown.createdAt ?? ""));
    const declared = { project, name, ...(value !== undefined && { value }) };
    // An import cannot know the value; the kit takes a declared one for it.
    return { id, inputs: declared as Inputs, outputs: { ...declared, ...shown } };
  },
  update: (call, _id, _prior, declared) => post(call, declared),
  delete: (call, _id, { inputs: { project, name } }) =>
    remove(call, onePath(project, name), async () => (await find(call, project, name)) !== undefined),
};

/** Writing a variable again replaces its value, so a lost answer is no danger: the request is sent again. */
async function post(api: ApiContext, declared: Inputs, maybeMade?: () => void): Promise<Outputs> {
  const { project, name, value } = declared;
  const options = { body: { name, value }, repeatable: true };
  const send = () => api.client.call(api, "POST", path(project), answer, options);
  return { ...declared, ...shownOf(await upsert(api, { send, ...(maybeMade && { maybeMade }) })) };
}

/** That there is none is only believed when the project's list says so, too. */
async function find(api: ApiContext, project: string, name: string): Promise<Answer | undefined> {
  const found = await api.client.find(api, onePath(project, name), answer);
  return found ?? (await variablesOf(api, project))?.find((one) => one.name === name);
}

/** The variables of a project; undefined when it is gone. */
async function variablesOf(api: ApiContext, project: string): Promise<Answer[] | undefined> {
  try {
    return await api.client.list(api, path(project), answer);
  } catch (error) {
    if (!isStatus(error, 404)) throw error;
    return (await knownProject(api, project)) ? contradiction(project) : undefined;
  }
}

type Shown = Pick<Outputs, "maskedValue" | "createdAt">;

function shownOf({ value, created_at }: Answer): Shown {
  return { maskedValue: value, ...(created_at && { createdAt: created_at }) };
}

function isSame(before: Shown, now: Shown): boolean {
  return before.maskedValue === now.maskedValue && before.createdAt === now.createdAt;
}

function onePath(project: string, name: string): string {
  return `${path(project)}/${segment(name)}`;
}

function path(project: string): string {
  return `${projectPath(project)}/envvar`;
}
