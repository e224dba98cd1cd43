/** The Context resource. */
import { z } from "zod";
import { createOnce } from "../../kit/create-once.ts";
import type { ResourceDefinition } from "../../kit/resource.ts";
import { type ApiContext, type CircleciClient, segment } from "./client.ts";
import { isUuid, organizationQuery, visibleOrganizations } from "./organizations.ts";

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

const answer = z.object({ id: z.string(), name: z.string(), created_at: z.string() });
type Answer = z.infer<typeof answer>;

/** A named set of variables that an organization's pipelines can ask for. */
export const context: ResourceDefinition<CircleciClient, Inputs, Outputs> = {
  token: TOKEN,
  description:
    "A context of a CircleCI organization (CircleCI API v2, Context): variables for the jobs that ask for it. " +
    "Import by id, or by organization and name: `gh/acme/production`.",
  inputs,
  outputs,
  replaceOnChanges: ["name", "organization"],
  deleteBeforeReplace: ["name"],
  async create(call, declared) {
    const { name, organization } = declared;
    const made = await createOnce({
      context: call,
      find: () => contextsNamed(call, organization, name),
      create: ({ signal }) => post({ ...call, signal }, declared),
      idOf: (existing) => existing.id,
      refuse: (existing) =>
        new Error(
          `a context named "${name}" exists already in ${organization}; choose another name, or take it over with ` +
            `\`pulumi import ${TOKEN} NAME ${existing.id}\``,
        ),
    });
    return { id: made.id, outputs: describe(declared, made) };
  },
  async read(call, id, prior) {
    const found = prior || isUuid(id) ? await find(call, id) : await findByPath(call, id);
    if (!found) return undefined;
    const organization = prior?.inputs.organization ?? found.organization ?? (await organizationOf(call, found.answer));
    const declared = { name: found.answer.name, organization };
    return { id: found.answer.id, inputs: declared, outputs: describe(declared, found.answer) };
  },
  delete: (call, id) => call.client.remove(call, `/api/v2/context/${segment(id)}`),
};

function describe(declared: Inputs, { id, created_at }: Answer): Outputs {
  return { ...declared, contextId: id, createdAt: created_at };
}

function post(api: ApiContext, { name, organization }: Inputs): Promise<Answer> {
  const owner = isUuid(organization) ? { id: organization } : { slug: organization };
  const body = { name, owner: { ...owner, type: "organization" } };
  return api.client.call(api, "POST", "/api/v2/context", answer, { body });
}

async function contextsNamed(api: ApiContext, organization: string, name: string): Promise<Answer[]> {
  const contexts = await api.client.list(api, "/api/v2/context", answer, organizationQuery(organization));
  return contexts.filter((existing) => existing.name === name);
}

interface Found {
  readonly answer: Answer;
  readonly organization?: string;
}

async function find(api: ApiContext, id: string): Promise<Found | undefined> {
  const existing = await api.client.find(api, `/api/v2/context/${segment(id)}`, answer);
  return existing && { answer: existing };
}

async function findByPath(api: ApiContext, path: string): Promise<Found | undefined> {
  const [, organization, name] = /^([^/]+\/[^/]+)\/(.+)$/.exec(path) ?? [];
  if (!organization || !name) {
    throw new Error(`"${path}" names no context; give its id, or organization and name: gh/acme/production`);
  }
  const [existing] = await contextsNamed(api, organization, name);
  return existing && { answer: existing, organization };
}

/** A context's answer does not say whose it is; an organization lists its contexts. */
async function organizationOf(api: ApiContext, { id, name }: Answer): Promise<string> {
  for (const { slug } of await visibleOrganizations(api)) {
    const contexts = await contextsNamed(api, slug, name);
    if (contexts.some((existing) => existing.id === id)) return slug;
  }
  throw new Error(`context ${id} belongs to no organization that the token in CIRCLE_TOKEN may see`);
}
