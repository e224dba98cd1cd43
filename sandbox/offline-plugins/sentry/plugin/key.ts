/** sentry.SentryKey: the calls of the vendor's plugin, in its order. */
import { z } from "zod";
import type { CallContext, ResourceDefinition } from "../../../../providers/kit/resource.ts";
import { propertyNames } from "../../../../providers/kit/shape.ts";
import { parseAnswer } from "../../bridge/answer.ts";
import { bridgedDiff } from "../../bridge/difference.ts";
import { BridgedError } from "../../bridge/failure.ts";
import { inputsAsRead } from "../../bridge/inputs.ts";
import type { SentryClient } from "./client.ts";
import { importParts } from "./import-id.ts";

type Context = CallContext<SentryClient>;

const keyInputs = z.object({
  organization: z.string(),
  project: z.string(),
  name: z.string(),
  rateLimitCount: z.number().optional(),
  rateLimitWindow: z.number().optional(),
});

const keyOutputs = keyInputs.extend({
  // Null where Sentry has no limit.
  rateLimitCount: z.number().nullable(),
  rateLimitWindow: z.number().nullable(),
  dsnCsp: z.string(),
  dsnPublic: z.string(),
  dsnSecret: z.string(),
  isActive: z.boolean(),
  projectId: z.number(),
  public: z.string(),
  secret: z.string(),
});

type KeyInputs = z.output<typeof keyInputs>;
type KeyOutputs = z.output<typeof keyOutputs>;
type Place = Pick<KeyInputs, "organization" | "project">;

const inputNames = propertyNames(keyInputs);

const keyAnswer = z.looseObject({
  id: z.string(),
  name: z.string(),
  public: z.string(),
  secret: z.string(),
  projectId: z.number(),
  isActive: z.boolean().default(false),
  rateLimit: z.looseObject({ window: z.number(), count: z.number() }).nullish(),
  dsn: z.looseObject({ secret: z.string(), public: z.string(), csp: z.string() }),
});

/** The id is the key's own; on import `organization/project/id`. */
export const key: ResourceDefinition<SentryClient, KeyInputs, KeyOutputs> = {
  token: "sentry:index/sentryKey:SentryKey",
  description: "A client key of a project: it makes a DSN.",
  inputs: keyInputs,
  outputs: keyOutputs,
  secrets: ["dsnSecret", "secret"],
  diff: bridgedDiff(inputNames, { computed: ["rateLimitCount", "rateLimitWindow"] }),

  async create(context, inputs) {
    const { client, signal } = context;
    const found = await client.request("GET", projectPath(inputs), { signal, allow: [404] });
    if (found.status === 404) throw new BridgedError(`project not found "${inputs.project}"`);
    const { body } = await client.request("POST", `${projectPath(inputs)}keys/`, { signal, body: bodyOf(inputs) });
    const created = parseAnswer(keyAnswer, body);
    context.created(created.id, outputsOf(inputs, created));
    const outputs = await fetchKey(context, inputs, created.id);
    if (!outputs) throw new BridgedError(`key ${created.id} is gone right after its creation`);
    return { id: created.id, outputs };
  },

  async read(context, id, prior) {
    const [organization, project, keyId] = prior
      ? [prior.outputs.organization, prior.outputs.project, id]
      : importParts(id, 3, "org-slug/project-slug/key-id");
    const outputs = await fetchKey(context, { organization, project }, keyId);
    return outputs && { id: keyId, inputs: inputsAsRead(inputNames, outputs, prior) as KeyInputs, outputs };
  },

  async update(context, id, prior, inputs) {
    const { client, signal } = context;
    const { rateLimitCount, rateLimitWindow } = prior.outputs;
    const kept = { rateLimitCount: rateLimitCount ?? 0, rateLimitWindow: rateLimitWindow ?? 0 };
    const body = bodyOf({ ...kept, ...inputs });
    await client.request("PUT", `${projectPath(inputs)}keys/${id}/`, { signal, body });
    const outputs = await fetchKey(context, inputs, id);
    if (!outputs) throw new BridgedError(`key ${id} is gone right after its update`);
    return outputs;
  },

  async delete({ client, signal }, id, { outputs }) {
    await client.request("DELETE", `${projectPath(outputs)}keys/${id}/`, { signal });
  },
};

function projectPath({ organization, project }: Place): string {
  return `projects/${organization}/${project}/`;
}

function bodyOf({ name, rateLimitWindow = 0, rateLimitCount = 0 }: KeyInputs): Record<string, unknown> {
  return { name, rateLimit: { window: rateLimitWindow, count: rateLimitCount } };
}

/** Looks for the key in the list, page by page to the end, as the vendor's plugin does. */
async function fetchKey({ client, signal }: Context, place: Place, id: string): Promise<KeyOutputs | undefined> {
  const keys: z.output<typeof keyAnswer>[] = [];
  let cursor: string | undefined;
  do {
    const path = `${projectPath(place)}keys/${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ""}`;
    const { status, body, nextCursor } = await client.request("GET", path, { signal, allow: [404] });
    if (status === 404) return undefined;
    keys.push(...parseAnswer(z.array(keyAnswer), body));
    cursor = nextCursor;
  } while (cursor !== undefined);
  const found = keys.find((candidate) => candidate.id === id);
  return found && outputsOf(place, found);
}

function outputsOf({ organization, project }: Place, found: z.output<typeof keyAnswer>): KeyOutputs {
  return {
    organization,
    project,
    name: found.name,
    public: found.public,
    secret: found.secret,
    projectId: found.projectId,
    isActive: found.isActive,
    dsnSecret: found.dsn.secret,
    dsnPublic: found.dsn.public,
    dsnCsp: found.dsn.csp,
    rateLimitWindow: found.rateLimit?.window ?? null,
    rateLimitCount: found.rateLimit?.count ?? null,
  };
}
