/**
 * github.RepositoryVulnerabilityAlerts: the calls of the vendor's plugin, in its order.
 * Source: terraform-provider-github, "github/resource_github_repository_vulnerability_alerts.go".
 */
import { z } from "zod";
import type { CallContext, ResourceDefinition } from "../../../../providers/kit/resource.ts";
import { propertyNames } from "../../../../providers/kit/shape.ts";
import { parseAnswer } from "../../bridge/answer.ts";
import { bridgedDiff } from "../../bridge/difference.ts";
import { BridgedError } from "../../bridge/failure.ts";
import { inputsAsRead } from "../../bridge/inputs.ts";
import type { GitHubClient } from "./client.ts";

const alertsInputs = z.object({ repository: z.string(), enabled: z.boolean().default(true) });
const alertsOutputs = alertsInputs.extend({ repositoryId: z.number() });

type AlertsInputs = z.output<typeof alertsInputs>;
type AlertsOutputs = z.output<typeof alertsOutputs>;
type Context = CallContext<GitHubClient>;

const inputNames = propertyNames(alertsInputs);
const repositoryAnswer = z.looseObject({ id: z.number() });

/** The id is the repository's number; on import `owner:name`, whatever the vendor's page says. */
export const alerts: ResourceDefinition<GitHubClient, AlertsInputs, AlertsOutputs> = {
  token: "github:index/repositoryVulnerabilityAlerts:RepositoryVulnerabilityAlerts",
  description: "Whether GitHub warns of a repository's vulnerable dependencies.",
  inputs: alertsInputs,
  outputs: alertsOutputs,
  // Also when the repository is only renamed, unlike files and rulesets.
  replaceOnChanges: ["repository"],
  diff: bridgedDiff(inputNames, {}),

  async create(context, inputs) {
    await write(context, inputs);
    const repositoryId = await idOf(context, context.client.owner, inputs.repository);
    return { id: String(repositoryId), outputs: { ...inputs, repositoryId } };
  },

  async read(context, id, prior) {
    const known = prior?.outputs ?? (await importKnown(context, id));
    const { client, signal } = context;
    const path = client.repository(known.repository, "vulnerability-alerts");
    // To the vendor's client an absent repository is one without alerts.
    const { status } = await client.request("GET", path, { signal, allow: [404] });
    const outputs = { ...known, enabled: status !== 404 };
    const inputs = inputsAsRead(inputNames, outputs, prior) as AlertsInputs;
    return { id: prior ? id : String(known.repositoryId), inputs, outputs };
  },

  async update(context, _id, prior, inputs) {
    await write(context, inputs);
    return { ...prior.outputs, ...inputs };
  },

  async delete(context, _id, prior) {
    await write(context, { ...prior.outputs, enabled: false });
  },
};

async function write({ client, signal }: Context, { repository, enabled }: AlertsInputs): Promise<void> {
  const path = client.repository(repository, "vulnerability-alerts");
  await client.request(enabled ? "PUT" : "DELETE", path, { signal });
}

async function idOf({ client, signal }: Context, owner: string, repository: string): Promise<number> {
  const { body } = await client.request("GET", `repos/${owner}/${repository}`, { signal });
  return parseAnswer(repositoryAnswer, body).id;
}

async function importKnown(context: Context, id: string): Promise<AlertsOutputs> {
  const [owner, repository, ...more] = id.split(":");
  if (!owner || !repository || more.length > 0) {
    throw new BridgedError(
      "invalid ID specified: supplied ID must be written as <repository_owner>:<repository_name>.",
    );
  }
  return { repository, enabled: true, repositoryId: await idOf(context, owner, repository) };
}
