/** The requests that change and read a repository. */
import type { CallContext } from "../../../../providers/kit/resource.ts";
import { parseAnswer } from "../../bridge/answer.ts";
import { sameElements } from "../../bridge/difference.ts";
import { BridgedError } from "../../bridge/failure.ts";
import { canonical, type Incomplete } from "../../bridge/value.ts";
import type { GitHubClient } from "./client.ts";
import { outputsOf, repositoryAnswer, securityBody, settingsBody, visibilityOf } from "./repository-api.ts";
import type { RepositoryInputs, RepositoryOutputs } from "./repository-schema.ts";

type Context = CallContext<GitHubClient>;

/**
 * Changes a repository from `before` (nothing of a new one) to `settings`: the settings, then topics, alerts and
 * visibility, each of these three only when it differs.
 */
export async function writeSettings(
  context: Context,
  id: string,
  settings: RepositoryInputs,
  before: Incomplete<RepositoryOutputs>,
): Promise<void> {
  const { client, signal } = context;
  const isNew = before.repoId === undefined;
  const differs = (name: keyof RepositoryInputs): boolean =>
    settings[name] !== undefined && canonical(settings[name]) !== canonical(before[name]);
  const body = settingsBody(settings);
  if (settings.securityAndAnalysis && differs("securityAndAnalysis")) {
    body["security_and_analysis"] = securityBody(settings.securityAndAnalysis);
  }
  if (!isNew && differs("defaultBranch")) body["default_branch"] = settings.defaultBranch;
  const visibilityDiffers = differs("visibility") || differs("private");
  const { allow_forking: _forking, ...withoutForking } = body;
  await client.request("PATCH", client.repository(id), { signal, body: visibilityDiffers ? withoutForking : body });

  if (!isNew && settings.topics && !sameElements(settings.topics, before.topics ?? [])) {
    await putTopics(context, settings.name, settings.topics);
  }
  if (differs("vulnerabilityAlerts")) {
    const method = settings.vulnerabilityAlerts ? "PUT" : "DELETE";
    await client.request(method, client.repository(settings.name, "vulnerability-alerts"), { signal });
  }
  if (visibilityDiffers) await patchVisibility(context, settings, body);
}

/** GitHub refuses a visibility that the repository already has; that refusal is no failure. */
async function patchVisibility(
  { client, signal }: Context,
  settings: RepositoryInputs,
  body: Record<string, unknown>,
): Promise<void> {
  const visibility = visibilityOf(settings);
  const answer = await client.request("PATCH", client.repository(settings.name), {
    signal,
    body: { ...body, visibility },
    allow: [422],
  });
  const refused = JSON.stringify(answer.body ?? "");
  if (answer.status === 422 && !refused.includes(`Visibility is already ${visibility}`)) {
    throw new BridgedError(`PATCH ${client.repository(settings.name)}: 422 ${refused}`);
  }
}

/** Replaces all topics. */
export function putTopics({ client, signal }: Context, name: string, topics: readonly string[]): Promise<unknown> {
  return client.request("PUT", client.repository(name, "topics"), { signal, body: { names: topics } });
}

/**
 * The repository as it is; `known` when its ETag is still the same; undefined when it is gone. Its name is the one that
 * it was asked for by, also where GitHub redirects that to another.
 */
export async function fetchOutputs(
  { client, signal }: Context,
  name: string,
  known: Incomplete<RepositoryOutputs>,
  etag?: string,
): Promise<RepositoryOutputs | undefined> {
  const answer = await client.request("GET", client.repository(name), { signal, etag, allow: [304, 404] });
  if (answer.status === 404) return undefined;
  if (answer.status === 304) return known as RepositoryOutputs;
  const outputs = { ...outputsOf(known, parseAnswer(repositoryAnswer, answer.body), answer.etag), name };
  if (!outputs.securityAndAnalysis) return outputs;
  const alerts = await client.request("GET", client.repository(name, "vulnerability-alerts"), { signal, allow: [404] });
  return { ...outputs, vulnerabilityAlerts: alerts.status === 204 };
}
