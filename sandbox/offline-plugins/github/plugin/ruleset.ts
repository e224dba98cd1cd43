/** github.RepositoryRuleset: the calls of the vendor's plugin, in its order. */
import { z } from "zod";
import type { CallContext, ResourceDefinition } from "../../../../providers/kit/resource.ts";
import { propertyNames } from "../../../../providers/kit/shape.ts";
import { parseAnswer } from "../../bridge/answer.ts";
import { bridgedDiff, sameElements } from "../../bridge/difference.ts";
import { BridgedError } from "../../bridge/failure.ts";
import { inputsAsRead } from "../../bridge/inputs.ts";
import type { GitHubAnswer, GitHubClient } from "./client.ts";
import { apiRule, fromApiRules, toApiRules } from "./ruleset-rules.ts";
import { type RulesetInputs, type RulesetOutputs, rulesetInputs, rulesetOutputs } from "./ruleset-schema.ts";

type Context = CallContext<GitHubClient>;

const inputNames = propertyNames(rulesetInputs);

const rulesetAnswer = z.looseObject({
  id: z.number(),
  node_id: z.string().default(""),
  name: z.string(),
  target: z.string().default(""),
  enforcement: z.string(),
  bypass_actors: z
    .array(z.looseObject({ actor_id: z.number().nullish(), actor_type: z.string(), bypass_mode: z.string() }))
    .nullish(),
  conditions: z
    .looseObject({ ref_name: z.looseObject({ include: z.array(z.string()), exclude: z.array(z.string()) }).nullish() })
    .nullish(),
  rules: z.array(apiRule).nullish(),
});

const repositoryAnswer = z.looseObject({ name: z.string(), archived: z.boolean().default(false) });

/** The id is the ruleset's number; on import `repository:number`. */
export const ruleset: ResourceDefinition<GitHubClient, RulesetInputs, RulesetOutputs> = {
  token: "github:index/repositoryRuleset:RepositoryRuleset",
  description: "Rules for the branches or tags of a repository.",
  inputs: rulesetInputs,
  outputs: rulesetOutputs,
  // The id is the ruleset's alone, so a repository that is renamed keeps it.
  diff: bridgedDiff(inputNames, {
    computed: ["rules.pullRequest.allowedMergeMethods"],
    sets: ["bypassActors", "rules.requiredStatusChecks.requiredChecks"],
  }),

  async create(context, inputs) {
    const { client, signal } = context;
    if (await isArchived(context, inputs.repository)) {
      throw new BridgedError(`cannot create ruleset on archived repository ${client.owner}/${inputs.repository}`);
    }
    const path = client.repository(inputs.repository, "rulesets");
    const answer = await client.request("POST", path, { signal, body: bodyOf(inputs) });
    const created = parseAnswer(rulesetAnswer, answer.body);
    const outputs = { ...inputs, ...identityOf(answer), rules: fromApiRules(created.rules ?? []) };
    return { id: String(created.id), outputs };
  },

  async read(context, id, prior) {
    const { client, signal } = context;
    const { repository, number } = prior ? { repository: prior.outputs.repository, number: id } : importId(id);
    if (!prior) await client.request("GET", client.repository(repository), { signal });
    const path = `${client.repository(repository, "rulesets", number)}?includes_parents=false`;
    const answer = await client.request("GET", path, { signal, etag: prior?.outputs.etag, allow: [304, 404] });
    if (answer.status === 404) return undefined;
    if (answer.status === 304 && prior) return { id, ...prior };
    const outputs = outputsOf(repository, answer, prior?.outputs);
    return { id: number, inputs: inputsAsRead(inputNames, outputs, prior) as RulesetInputs, outputs };
  },

  async update(context, id, prior, inputs) {
    const { client, signal } = context;
    if (await isArchived(context, inputs.repository)) return { ...prior.outputs, ...inputs };
    const path = client.repository(inputs.repository, "rulesets", id);
    const answer = await client.request("PUT", path, { signal, body: bodyOf(inputs) });
    return { ...prior.outputs, ...inputs, ...identityOf(answer) };
  },

  async delete({ client, signal }, id, prior) {
    await client.request("DELETE", client.repository(prior.outputs.repository, "rulesets", id), { signal });
  },
};

async function isArchived({ client, signal }: Context, repository: string): Promise<boolean> {
  const { body } = await client.request("GET", client.repository(repository), { signal });
  return parseAnswer(repositoryAnswer, body).archived;
}

function bodyOf(inputs: RulesetInputs): Record<string, unknown> {
  const refName = inputs.conditions?.refName;
  return {
    name: inputs.name,
    target: inputs.target,
    source_type: "Repository",
    source: inputs.repository,
    enforcement: inputs.enforcement,
    bypass_actors: (inputs.bypassActors ?? []).map((actor) => ({
      ...(actor.actorId && { actor_id: actor.actorId }),
      actor_type: actor.actorType,
      bypass_mode: actor.bypassMode,
    })),
    ...(refName && { conditions: { ref_name: { include: refName.includes, exclude: refName.excludes } } }),
    rules: toApiRules(inputs.rules),
  };
}

function identityOf(answer: GitHubAnswer): Pick<RulesetOutputs, "etag" | "nodeId" | "rulesetId"> {
  const { id, node_id: nodeId } = parseAnswer(rulesetAnswer, answer.body);
  return { rulesetId: id, nodeId, etag: answer.etag ?? "" };
}

/** Lists whose order means nothing keep the order they were declared in. */
function outputsOf(repository: string, answer: GitHubAnswer, prior: RulesetOutputs | undefined): RulesetOutputs {
  const found = parseAnswer(rulesetAnswer, answer.body);
  const actors = (found.bypass_actors ?? []).map((actor) => ({
    actorId: actor.actor_id ?? 0,
    actorType: actor.actor_type,
    bypassMode: actor.bypass_mode,
  }));
  const refName = found.conditions?.ref_name;
  const outputs: Record<string, unknown> = {
    ...identityOf(answer),
    repository,
    name: found.name,
    target: found.target,
    enforcement: found.enforcement,
    bypassActors: sameElements(actors, prior?.bypassActors ?? []) ? (prior?.bypassActors ?? []) : actors,
    rules: fromApiRules(found.rules ?? []),
    ...(refName && { conditions: { refName: { includes: refName.include, excludes: refName.exclude } } }),
  };
  return outputs as unknown as RulesetOutputs;
}

function importId(id: string): { readonly repository: string; readonly number: string } {
  const match = /^([^:]+):(\d+)$/.exec(id);
  if (!match?.[1] || !match[2]) {
    throw new BridgedError(`unexpected format of ID (${id}), expected repository:ruleset with the ruleset's number`);
  }
  return { repository: match[1], number: match[2] };
}
