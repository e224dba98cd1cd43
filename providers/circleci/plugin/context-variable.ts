/** The ContextVariable resource. */
import { z } from "zod";
import type { ResourceDefinition } from "../../kit/resource.ts";
import { type ApiContext, type CircleciClient, segment } from "./client.ts";
import { environmentVariableName } from "./variable-name.ts";

const inputs = z.object({
  contextId: z.string().min(1).describe("Id of the context. A change replaces the variable."),
  name: environmentVariableName.describe(
    "Name of the variable. A change replaces the variable: the old name goes first.",
  ),
  value: z.string().describe("Its value. CircleCI never shows it again; a change of it is written in place."),
});

const outputs = inputs.extend({
  createdAt: z.string().describe("When it was first set, ISO 8601."),
  updatedAt: z.string().describe("When its value was last written, ISO 8601."),
});

type Inputs = z.infer<typeof inputs>;
type Outputs = z.infer<typeof outputs>;

const answer = z.object({ variable: z.string(), created_at: z.string(), updated_at: z.string().optional() });

/** A variable of a context. */
export const contextVariable: ResourceDefinition<CircleciClient, Inputs, Outputs> = {
  token: "circleci:index:ContextVariable",
  description:
    "A variable of a CircleCI context (CircleCI API v2, Context). Its value is write-only: that somebody else wrote it is " +
    "seen by its time of change, and the next update writes the declared value again. Import by `<context id>/<name>`; " +
    "the declared value is then written once.",
  inputs,
  outputs,
  secrets: ["value"],
  replaceOnChanges: ["contextId", "name"],
  deleteBeforeReplace: ["contextId", "name"],
  unstable: () => ["updatedAt"],
  async create(call, declared) {
    return { id: `${declared.contextId}/${declared.name}`, outputs: await put(call, declared) };
  },
  async read(call, id, prior) {
    const [contextId = "", name = ""] = id.split("/");
    const found = await find(call, contextId, name);
    if (!found) return undefined;
    const times = { createdAt: found.created_at, updatedAt: found.updated_at ?? found.created_at };
    const value = prior && prior.outputs.updatedAt === times.updatedAt ? prior.inputs.value : foreign(times.updatedAt);
    const declared = { contextId, name, value };
    return { id, inputs: declared, outputs: { ...declared, ...times } };
  },
  update: (call, _id, _prior, declared) => put(call, declared),
  delete: (call, _id, { inputs: { contextId, name } }) => call.client.remove(call, path(contextId, name)),
};

/** Stands in the state for a value that somebody else has written: the declared one then differs, and is written. */
function foreign(updatedAt: string): string {
  return `written outside this program at ${updatedAt}`;
}

async function put(api: ApiContext, declared: Inputs): Promise<Outputs> {
  const { contextId, name, value } = declared;
  const written = await api.client.call(api, "PUT", path(contextId, name), answer, { body: { value } });
  return { ...declared, createdAt: written.created_at, updatedAt: written.updated_at ?? written.created_at };
}

async function find(api: ApiContext, contextId: string, name: string) {
  const context = await api.client.find(api, `/api/v2/context/${segment(contextId)}`, z.object({}));
  if (!context) return undefined;
  const list = `/api/v2/context/${segment(contextId)}/environment-variable`;
  const variables = await api.client.list(api, list, answer);
  return variables.find(({ variable }) => variable === name);
}

function path(contextId: string, name: string): string {
  return `/api/v2/context/${segment(contextId)}/environment-variable/${segment(name)}`;
}
