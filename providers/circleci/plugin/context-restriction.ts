/** The ContextRestriction resource. */
import { z } from "zod";
import { createOnce } from "../../kit/create-once.ts";
import { alreadyExists } from "../../kit/existing.ts";
import type { ResourceDefinition } from "../../kit/resource.ts";
import { segment } from "../../kit/vendor-client.ts";
import { type RestrictionAnswer as Answer, restrictionAnswer as answer } from "./answers.ts";
import type { ApiContext, CircleciClient } from "./client.ts";
import { contextIsGone, contextNamed, contextPath, explained, partsOf } from "./context-api.ts";
import { remove } from "./removal.ts";

const TOKEN = "circleci:index:ContextRestriction";

const inputs = z.object({
  contextId: z.string().min(1).describe("Id of the context. A change replaces the restriction."),
  type: z
    .enum(["project", "expression", "group"])
    .describe("What may use the context. `group` is for OAuth organizations. A change replaces the restriction."),
  value: z
    .string()
    .min(1)
    .describe(
      "Id of the project (a UUID), expression over a pipeline's values, or id of the group. A change replaces the " +
        "restriction.",
    ),
});

const outputs = inputs.extend({
  restrictionId: z.string().describe("Id of the restriction, a UUID."),
});

type Inputs = z.infer<typeof inputs>;
type Outputs = z.infer<typeof outputs>;

/** Who may use a context. */
export const contextRestriction: ResourceDefinition<CircleciClient, Inputs, Outputs> = {
  token: TOKEN,
  description:
    "A restriction of a CircleCI context (CircleCI API v2, Context): only jobs of these projects, or of pipelines that " +
    "fit the expression, get its variables. Import by context and restriction: `<context id>/<restriction id>` or " +
    "`<context id>/project/<project id>`, also with `gh/acme/production` for the context.",
  inputs,
  outputs,
  replaceOnChanges: ["contextId", "type", "value"],
  async create(call, declared) {
    const { contextId } = declared;
    const made = await createOnce({
      context: call,
      find: async () => {
        const existing = await restrictionsOf(call, contextId);
        if (!existing) throw contextIsGone(contextId);
        return existing.filter((one) => isSame(one, declared));
      },
      create: ({ signal }) => post({ ...call, signal }, declared),
      idOf: ({ id }) => id,
      refuse: ({ id, restriction_type, restriction_value }) => {
        const name = `${restriction_type} ${restriction_value}`;
        return alreadyExists({
          kind: "restriction of the context",
          token: TOKEN,
          name,
          importId: `${contextId}/${id}`,
        });
      },
    });
    return result(contextId, made);
  },
  async read(call, id, prior) {
    const found = prior ? await known(call, prior.outputs) : await imported(call, id);
    if (!found) return undefined;
    const { contextId, answer: existing } = found;
    const { outputs: state } = result(contextId, existing);
    const { restrictionId: _, ...declared } = state;
    return { id: `${contextId}/${existing.id}`, inputs: declared, outputs: state };
  },
  delete: (call, _id, { outputs: { contextId, restrictionId } }) =>
    remove(call, `${path(contextId)}/${segment(restrictionId)}`, async () => {
      const existing = (await restrictionsOf(call, contextId)) ?? [];
      return existing.some(({ id }) => id === restrictionId);
    }),
};

interface Found {
  readonly contextId: string;
  readonly answer: Answer;
}

async function known(api: ApiContext, { contextId, restrictionId }: Outputs): Promise<Found | undefined> {
  const existing = (await restrictionsOf(api, contextId))?.find(({ id }) => id === restrictionId);
  return existing && { contextId, answer: existing };
}

async function imported(api: ApiContext, text: string): Promise<Found | undefined> {
  const [, contextName = "", type, last] =
    /^(.+?)\/(project|expression|group)\/(.+)$/.exec(text) ?? /^(.+)()\/([^/]+)$/.exec(text) ?? [];
  const contextId = (await contextNamed(api, contextName))?.context.id;
  if (contextId === undefined) return undefined;
  const fits = (existing: Answer): boolean =>
    type ? existing.restriction_type === type && existing.restriction_value === last : existing.id === last;
  const existing = (await restrictionsOf(api, contextId))?.find(fits);
  return existing && { contextId, answer: existing };
}

function result(contextId: string, { id, restriction_type, restriction_value: value }: Answer) {
  const type = restriction_type as Inputs["type"];
  return { id: `${contextId}/${id}`, outputs: { contextId, type, value, restrictionId: id } };
}

function isSame({ restriction_type, restriction_value }: Answer, { type, value }: Inputs): boolean {
  return restriction_type === type && restriction_value === value;
}

async function post(api: ApiContext, { contextId, type, value }: Inputs): Promise<Answer> {
  const body = { restriction_type: type, restriction_value: value };
  try {
    return await api.client.call(api, "POST", path(contextId), answer, { body });
  } catch (error) {
    throw await explained(api, contextId, error);
  }
}

function restrictionsOf(api: ApiContext, contextId: string): Promise<Answer[] | undefined> {
  return partsOf(api, contextId, "restrictions", answer);
}

function path(contextId: string): string {
  return `${contextPath(contextId)}/restrictions`;
}
