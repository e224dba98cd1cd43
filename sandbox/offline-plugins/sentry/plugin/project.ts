/** sentry.SentryProject: the calls of the vendor's plugin, in its order. */
import { z } from "zod";
import type { CallContext, CheckFailure, ResourceDefinition } from "../../../../providers/kit/resource.ts";
import { propertyNames } from "../../../../providers/kit/shape.ts";
import { parseAnswer } from "../../bridge/answer.ts";
import { bridgedDiff } from "../../bridge/difference.ts";
import { BridgedError } from "../../bridge/failure.ts";
import { inputsAsRead } from "../../bridge/inputs.ts";
import { defined, type Incomplete } from "../../bridge/value.ts";
import type { SentryClient } from "./client.ts";
import { importParts } from "./import-id.ts";
import {
  type ProjectInputs,
  type ProjectOutputs,
  projectAnswer,
  projectInputs,
  projectOutputs,
} from "./project-schema.ts";

type Context = CallContext<SentryClient>;

const inputNames = propertyNames(projectInputs);

/** What a write answers for certain; the rest is read. */
const writtenAnswer = z.looseObject({ slug: z.string() });

/** The id is the project's slug; on import `organization/slug`. */
export const project: ResourceDefinition<SentryClient, ProjectInputs, ProjectOutputs> = {
  token: "sentry:index/sentryProject:SentryProject",
  description: "A project of an organization.",
  inputs: projectInputs,
  outputs: projectOutputs,
  diff: bridgedDiff(inputNames, {
    computed: ["slug", "platform", "digestsMaxDelay", "digestsMinDelay", "resolveAge"],
    sets: ["teams"],
  }),
  check: ({ platform }) => platformFailures(platform),

  async create(context, inputs) {
    const { client, signal } = context;
    const { organization, name, slug } = inputs;
    const [first] = teamsOf(inputs);
    if (!first) throw new BridgedError("one of team or teams must be configured");
    const path = `teams/${organization}/${first}/projects/`;
    const { body } = await client.request("POST", path, { signal, body: defined({ name, slug }) });
    const id = parseAnswer(writtenAnswer, body).slug;
    context.created(id, { ...inputs, slug: id } as ProjectOutputs);
    return { id, outputs: await writeSettings(context, id, inputs, inputs, []) };
  },

  async read(context, id, prior) {
    const [organization, slug] = prior ? [prior.outputs.organization, id] : importParts(id, 2, "org-slug/project-slug");
    const outputs = await fetchProject(context, organization, slug, prior?.outputs ?? {});
    return outputs && { id: outputs.slug, inputs: inputsAsRead(inputNames, outputs, prior) as ProjectInputs, outputs };
  },

  update(context, id, prior, inputs) {
    const { slug, platform, digestsMinDelay, digestsMaxDelay, resolveAge } = prior.outputs;
    const kept = { slug, platform, digestsMinDelay, digestsMaxDelay, resolveAge };
    return writeSettings(context, id, { ...kept, ...inputs }, inputs, teamsOf(prior.outputs));
  },

  async delete({ client, signal }, id, { outputs }) {
    await client.request("DELETE", `projects/${outputs.organization}/${id}/`, { signal });
  },
};

/**
 * The vendor's plugin looks a platform up on the web, except `other`. There is no web in the sandbox, so every other
 * one fails as it would there.
 */
function platformFailures(platform: string | undefined): CheckFailure[] {
  if (platform === undefined || platform === "" || platform === "other") return [];
  const reason =
    "could not validate the platform at this time: the plugin looks it up on Sentry's documentation site. " +
    "Without a network use `other`, or leave it out.";
  return [{ property: "platform", reason }];
}

function teamsOf({ team, teams }: Incomplete<Pick<ProjectInputs, "team" | "teams">>): readonly string[] {
  return team ? [team] : [...(teams ?? [])].sort();
}

/**
 * Writes the settings, then adds the declared teams and removes the ones that are declared no more; these two by the
 * slug from before, which Sentry redirects when it is another now, so that they fail.
 */
async function writeSettings(
  context: Context,
  id: string,
  settings: ProjectInputs,
  inputs: ProjectInputs,
  teamsBefore: readonly string[],
): Promise<ProjectOutputs> {
  const { client, signal } = context;
  const { organization, name, slug, platform, digestsMinDelay, digestsMaxDelay, resolveAge } = settings;
  const changes = { platform, digestsMinDelay, digestsMaxDelay, resolveAge };
  const set = Object.fromEntries(Object.entries(changes).filter(([, value]) => value));
  const answer = await client.request("PUT", `projects/${organization}/${id}/`, {
    signal,
    body: { ...defined({ name, slug }), ...set },
  });
  const written = parseAnswer(writtenAnswer, answer.body).slug;
  const teams = teamsOf(inputs);
  if (teams.join() !== [...teamsBefore].sort().join()) {
    for (const added of teams) {
      await client.request("POST", `projects/${organization}/${id}/teams/${added}/`, { signal });
    }
    for (const removed of teamsBefore.filter((before) => !teams.includes(before))) {
      await client.request("DELETE", `projects/${organization}/${id}/teams/${removed}/`, { signal, allow: [404] });
    }
  }
  const outputs = await fetchProject(context, organization, written, inputs);
  if (!outputs) throw new BridgedError(`project ${written} is gone right after it was written`);
  return outputs;
}

async function fetchProject(
  { client, signal }: Context,
  organization: string,
  slug: string,
  known: Incomplete<ProjectInputs>,
): Promise<ProjectOutputs | undefined> {
  const { status, body } = await client.request("GET", `projects/${organization}/${slug}/`, { signal, allow: [404] });
  return status === 404 ? undefined : outputsOf(parseAnswer(projectAnswer, body), known);
}

/** A single team stays in the property in which it was declared. */
function outputsOf(found: z.output<typeof projectAnswer>, known: Incomplete<ProjectInputs>): ProjectOutputs {
  const teams = found.teams.map(({ slug }) => slug);
  const [only] = teams;
  return {
    organization: found.organization.slug,
    ...(known.team && teams.length === 1 && only ? { team: only } : { teams }),
    name: found.name,
    slug: found.slug,
    platform: found.platform ?? "",
    internalId: found.id,
    projectId: found.id,
    color: found.color,
    features: found.features,
    status: found.status,
    isPublic: found.isPublic,
    digestsMinDelay: found.digestsMinDelay,
    digestsMaxDelay: found.digestsMaxDelay,
    resolveAge: found.resolveAge ?? 0,
  };
}
