/** The ContextVariable resource. */
import { z } from "zod";
import { alreadyExists } from "../../kit/existing.ts";
import type { ResourceDefinition } from "../../kit/resource.ts";
import { segment } from "../../kit/vendor-client.ts";
import { type ContextVariableAnswer as Answer, contextVariableAnswer as answer } from "./answers.ts";
import type { ApiContext, CircleciClient } from "./client.ts";
import { contextIsGone, contextNamed, contextPath, explained, partsOf } from "./context-api.ts";
import { remove } from "./removal.ts";
import { upsert } from "./upsert.ts";
import { environmentVariableName } from "./variable-name.ts";
import { writtenElsewhere } from "./written-elsewhere.ts";

const TOKEN = "circleci:index:ContextVariable";

const inputs = z.object({
  contextId: z.string().min(1).describe("Id of the context. A change replaces the variable."),
  name: environmentVariableName.describe(
    "Name of the variable. A change replaces the variable: the old name goes first.",
  ),
  value: z.string().describe("Its value. CircleCI never shows it again; a change of it is written in place."),
});

const outputs = inputs.extend({
  value: z.string().optional().describe("Its value as declared; absent after an import."),
  createdAt: z.string().describe("When it was first set, ISO 8601."),
  updatedAt: z.string().describe("When its value was last written, ISO 8601."),
});

type Inputs = z.infer<typeof inputs>;
type Outputs = z.infer<typeof outputs>;

/** A variable of a context. */
export const contextVariable: ResourceDefinition<CircleciClient, Inputs, Outputs> = {
  token: TOKEN,
  description:
    "A variable of a CircleCI context (CircleCI API v2, Context). Its value is never shown: that somebody else wrote it " +
    "is seen by its time of change, and the next update writes the declared value again. Import by context and name: " +
    "`<context id>/<name>` or `gh/acme/production/<name>`; an import takes the declared value for the one that is there.",
  inputs,
  outputs,
  secrets: ["value"],
  writeOnly: ["value"],
  replaceOnChanges: ["contextId", "name"],
  deleteBeforeReplace: ["contextId", "name"],
  unstable: () => ["updatedAt"],
  async create(call, declared) {
    const { contextId, name } = declared;
    const id = `${contextId}/${name}`;
    const before = await variablesFor(call, contextId, name);
    if (!before) throw contextIsGone(contextId);
    if (before.some(({ variable }) => variable === name)) {
      throw alreadyExists({ kind: "variable of the CircleCI context", token: TOKEN, name, importId: id });
    }
    return { id, outputs: await put(call, declared, () => call.created(id, declared)) };
  },
  async read(call, id, prior) {
    const [, contextName = "", name = ""] = /^(.+)\/([^/]+)$/.exec(id) ?? [];
    const contextId = prior?.inputs.contextId ?? (await contextNamed(call, contextName))?.context.id;
    const found = contextId && (await variablesFor(call, contextId, name))?.find(({ variable }) => variable === name);
    if (!found) return undefined;
    const times = timesOf(found);
    const foreign = prior !== undefined && prior.outputs.updatedAt !== times.updatedAt;
    const value = foreign ? writtenElsewhere(times.updatedAt) : prior?.inputs.value;
    const declared = { contextId, name, ...(value !== undefined && { value }) };
    // An import cannot know the value; the kit takes a declared one for it.
    return { id: `${contextId}/${name}`, inputs: declared as Inputs, outputs: { ...declared, ...times } };
  },
  update: (call, _id, _prior, declared) => put(call, declared),
  async delete(call, _id, { inputs: { contextId, name } }) {
    call.client.contextVariables.wrote(contextId, name);
    await remove(call, path(contextId, name), async () => {
      const existing = (await variablesFor(call, contextId, name)) ?? [];
      return existing.some(({ variable }) => variable === name);
    });
  },
};

async function put(api: ApiContext, declared: Inputs, maybeMade?: () => void): Promise<Outputs> {
  const { contextId, name, value } = declared;
  api.client.contextVariables.wrote(contextId, name);
  const send = () => api.client.call(api, "PUT", path(contextId, name), answer, { body: { value } });
  try {
    return { ...declared, ...timesOf(await upsert(api, { send, ...(maybeMade && { maybeMade }) })) };
  } catch (error) {
    throw await explained(api, contextId, error);
  }
}

function timesOf({ created_at, updated_at }: Answer): Pick<Outputs, "createdAt" | "updatedAt"> {
  return { createdAt: created_at, updatedAt: updated_at ?? created_at };
}

/** The context's variables, for a look at one of them; undefined when the context is gone. */
function variablesFor(api: ApiContext, contextId: string, name: string): Promise<Answer[] | undefined> {
  return api.client.contextVariables.lookUp(contextId, name, () =>
    partsOf(api, contextId, "environment-variable", answer),
  );
}

function path(contextId: string, name: string): string {
  return `${contextPath(contextId)}/environment-variable/${segment(name)}`;
}
