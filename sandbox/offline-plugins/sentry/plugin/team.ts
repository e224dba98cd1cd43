/** sentry.SentryTeam: the calls of the vendor's plugin, in its order. */
import { z } from "zod";
import type { ResourceDefinition } from "../../../../providers/kit/resource.ts";
import { propertyNames } from "../../../../providers/kit/shape.ts";
import { parseAnswer } from "../../bridge/answer.ts";
import { bridgedDiff } from "../../bridge/difference.ts";
import { BridgedError } from "../../bridge/failure.ts";
import { inputsAsRead } from "../../bridge/inputs.ts";
import { defined } from "../../bridge/value.ts";
import type { SentryClient } from "./client.ts";
import { importParts } from "./import-id.ts";

const teamInputs = z.object({
  organization: z.string(),
  name: z.string(),
  slug: z.string().optional(),
});

const teamOutputs = teamInputs.extend({
  slug: z.string(),
  hasAccess: z.boolean(),
  internalId: z.string(),
  isMember: z.boolean(),
  isPending: z.boolean(),
  teamId: z.string(),
});

type TeamInputs = z.output<typeof teamInputs>;
type TeamOutputs = z.output<typeof teamOutputs>;

const inputNames = propertyNames(teamInputs);

const teamAnswer = z.looseObject({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  hasAccess: z.boolean().default(false),
  isMember: z.boolean().default(false),
  isPending: z.boolean().default(false),
});

/** The id is the team's first slug; on import `organization/slug`. What is asked for is the slug that was last read. */
export const team: ResourceDefinition<SentryClient, TeamInputs, TeamOutputs> = {
  token: "sentry:index/sentryTeam:SentryTeam",
  description: "A team of an organization.",
  inputs: teamInputs,
  outputs: teamOutputs,
  diff: bridgedDiff(inputNames, { computed: ["slug"] }),

  async create(context, inputs) {
    const { client, signal } = context;
    const { organization, name, slug } = inputs;
    const path = `organizations/${organization}/teams/`;
    const { body } = await client.request("POST", path, { signal, body: defined({ name, slug }) });
    const created = parseAnswer(teamAnswer, body);
    context.created(created.slug, outputsOf(organization, created));
    const outputs = await fetchTeam(client, signal, organization, created.slug);
    if (!outputs) throw new BridgedError(`team ${created.slug} is gone right after its creation`);
    return { id: created.slug, outputs };
  },

  async read({ client, signal }, id, prior) {
    const [organization, slug] = prior
      ? [prior.outputs.organization, prior.outputs.slug]
      : importParts(id, 2, "org-slug/team-slug");
    const outputs = await fetchTeam(client, signal, organization, slug);
    return outputs && { id: outputs.slug, inputs: inputsAsRead(inputNames, outputs, prior) as TeamInputs, outputs };
  },

  async update({ client, signal }, _id, prior, inputs) {
    const { organization, name, slug = prior.outputs.slug } = inputs;
    const path = `teams/${organization}/${prior.outputs.slug}/`;
    const { body } = await client.request("PUT", path, { signal, body: { name, slug } });
    const outputs = await fetchTeam(client, signal, organization, parseAnswer(teamAnswer, body).slug);
    if (!outputs) throw new BridgedError(`team ${slug} is gone right after its update`);
    return outputs;
  },

  async delete({ client, signal }, _id, { outputs }) {
    await client.request("DELETE", `teams/${outputs.organization}/${outputs.slug}/`, { signal });
  },
};

async function fetchTeam(
  client: SentryClient,
  signal: AbortSignal,
  organization: string,
  slug: string,
): Promise<TeamOutputs | undefined> {
  const { status, body } = await client.request("GET", `teams/${organization}/${slug}/`, { signal, allow: [404] });
  return status === 404 ? undefined : outputsOf(organization, parseAnswer(teamAnswer, body));
}

function outputsOf(organization: string, found: z.output<typeof teamAnswer>): TeamOutputs {
  const { id, slug, name, hasAccess, isMember, isPending } = found;
  return { organization, name, slug, hasAccess, isMember, isPending, internalId: id, teamId: id };
}
