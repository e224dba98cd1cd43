/** The Context resource. */
import { z } from "zod";
import { createOnce } from "../../kit/create-once.ts";
import { alreadyExists } from "../../kit/existing.ts";
import type { ResourceDefinition } from "../../kit/resource.ts";
import type { ContextAnswer } from "./answers.ts";
import type { CircleciClient } from "./client.ts";
import {
  contextNamed,
  contextPath,
  contextsNamed,
  findContext,
  listedContext,
  organizationOf,
  postContext,
} from "./context-api.ts";
import { remove } from "./removal.ts";
import { slugsIn } from "./spelling.ts";

const TOKEN = "circleci:index:Context";

const inputs = z.object({
  name: z.string().min(1).describe("Name of the context, unique in its organization. A change replaces the context."),
  organization: z
    .string()
    .min(1)
    .describe(
      "Slug (`gh/acme`, `circleci/<id>`) or id of the organization that owns it. A change replaces the context.",
    ),
});

const outputs = inputs.extend({
  contextId: z.string().describe("Id of the context, a UUID."),
  createdAt: z.string().describe("When it was created, ISO 8601."),
});

type Inputs = z.infer<typeof inputs>;
type Outputs = z.infer<typeof outputs>;

/** A named set of variables that an organization's pipelines can ask for. */
export const context: ResourceDefinition<CircleciClient, Inputs, Outputs> = {
  token: TOKEN,
  description:
    "A context of a CircleCI organization (CircleCI API v2, Context): variables for the jobs that ask for it. " +
    "Import by id, or by organization and name: `gh/acme/production`.",
  inputs,
  outputs,
  replaceOnChanges: ["name", "organization"],
  isChange: slugsIn("organization"),
  async create(call, declared) {
    const { name, organization } = declared;
    const made = await createOnce({
      context: call,
      find: () => contextsNamed(call, organization, name),
      create: ({ signal }) => postContext({ ...call, signal }, organization, name),
      idOf: ({ id }) => id,
      refuse: ({ id }) =>
        alreadyExists({ kind: "CircleCI context", token: TOKEN, name: `${organization}/${name}`, importId: id }),
    });
    return { id: made.id, outputs: describe(declared, made) };
  },
  async read(call, id, prior) {
    if (prior) {
      const { organization } = prior.inputs;
      const found = await findContext(call, id, organization);
      return found && result(found, organization);
    }
    const found = await contextNamed(call, id);
    return found && result(found.context, found.organization ?? (await organizationOf(call, found.context)));
  },
  delete: (call, id, { inputs: { organization } }) =>
    remove(call, contextPath(id), async () => (await listedContext(call, id, organization)) !== undefined),
};

function result(found: ContextAnswer, organization: string) {
  const declared = { name: found.name, organization };
  return { id: found.id, inputs: declared, outputs: describe(declared, found) };
}

function describe(declared: Inputs, { id, created_at }: ContextAnswer): Outputs {
  return { ...declared, contextId: id, createdAt: created_at };
}
