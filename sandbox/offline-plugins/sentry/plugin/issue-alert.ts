/** sentry.SentryIssueAlert: the calls of the vendor's plugin, in its order. */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { CallContext, ResourceDefinition } from "../../../../providers/kit/resource.ts";
import { propertyNames } from "../../../../providers/kit/shape.ts";
import { parseAnswer } from "../../bridge/answer.ts";
import { bridgedDiff } from "../../bridge/difference.ts";
import { BridgedError } from "../../bridge/failure.ts";
import { inputsAsRead } from "../../bridge/inputs.ts";
import { defined } from "../../bridge/value.ts";
import type { SentryClient } from "./client.ts";
import { importParts } from "./import-id.ts";
import {
  type AlertAnswer,
  type AlertInputs,
  type AlertOutputs,
  alertAnswer,
  alertInputs,
  alertOutputs,
  type Nodes,
  taskAnswer,
} from "./issue-alert-schema.ts";

type Context = CallContext<SentryClient>;

/** How a rule that Sentry makes in the background is waited for. */
const TASK_POLL_MS = 5000;
const TASK_POLLS = 5;

const inputNames = propertyNames(alertInputs);

/** The id is `organization/project/number`, also on import. */
export const issueAlert: ResourceDefinition<SentryClient, AlertInputs, AlertOutputs> = {
  token: "sentry:index/sentryIssueAlert:SentryIssueAlert",
  description: "A rule that acts on a project's issues.",
  inputs: alertInputs,
  outputs: alertOutputs,
  diff: bridgedDiff(inputNames, { computed: ["environment"] }),

  async create(context, inputs) {
    const { client, signal } = context;
    const path = rulesPath(inputs.organization, inputs.project);
    const answer = await client.request("POST", path, { signal, body: bodyOf(inputs) });
    const created =
      answer.status === 202 ? await finishedTask(context, inputs, answer.body) : parseAnswer(alertAnswer, answer.body);
    const id = [inputs.organization, inputs.project, created.id].join("/");
    context.created(id, outputsOf(inputs.organization, created, inputs));
    const outputs = await fetchAlert(context, id, inputs);
    if (!outputs) throw new BridgedError(`issue alert ${id} is gone right after its creation`);
    return { id, outputs };
  },

  async read(context, id, prior) {
    const outputs = await fetchAlert(context, id, prior?.outputs);
    return outputs && { id, inputs: inputsAsRead(inputNames, outputs, prior) as AlertInputs, outputs };
  },

  async update(context, id, prior, inputs) {
    const { client, signal } = context;
    const body = bodyOf({ environment: prior.outputs.environment, ...inputs });
    await client.request("PUT", rulePath(id), { signal, body });
    const outputs = await fetchAlert(context, id, inputs);
    if (!outputs) throw new BridgedError(`issue alert ${id} is gone right after its update`);
    return outputs;
  },

  async delete({ client, signal }, id) {
    await client.request("DELETE", rulePath(id), { signal });
  },
};

function rulesPath(organization: string, project: string): string {
  return `projects/${organization}/${project}/rules/`;
}

function rulePath(id: string): string {
  const [organization, project, number] = importParts(id, 3, "org-slug/project-slug/rule-id");
  return `${rulesPath(organization, project)}${number}/`;
}

function bodyOf(inputs: AlertInputs): Record<string, unknown> {
  const { name, conditions, filters = [], actions, actionMatch, filterMatch, frequency, environment, project } = inputs;
  const alert = { name, conditions, filters, actions, actionMatch, filterMatch, frequency, projects: [project] };
  return defined({ ...alert, environment: environment || undefined });
}

/** Sentry may make a rule in the background; the answer then holds only the task's number. */
async function finishedTask(context: Context, inputs: AlertInputs, accepted: unknown): Promise<AlertAnswer> {
  const { client, signal } = context;
  const { uuid } = parseAnswer(z.looseObject({ uuid: z.string() }), accepted);
  const path = `projects/${inputs.organization}/${inputs.project}/rule-task/${uuid}/`;
  for (let poll = 0; poll < TASK_POLLS; poll += 1) {
    await delay(TASK_POLL_MS, undefined, { signal });
    const { status, body } = await client.request("GET", path, { signal, allow: [404] });
    if (status === 404) throw new BridgedError(`cannot find issue alert creation task with UUID ${uuid}`);
    const task = parseAnswer(taskAnswer, body);
    if (task.status === "failed") throw new BridgedError("issue alert creation task failed");
    if (task.status === "success" && task.rule) return task.rule;
  }
  throw new BridgedError("getting the status of the issue alert creation from Sentry took too long");
}

async function fetchAlert(
  { client, signal }: Context,
  id: string,
  known: AlertInputs | undefined,
): Promise<AlertOutputs | undefined> {
  const { status, body } = await client.request("GET", rulePath(id), { signal, allow: [404] });
  if (status === 404) return undefined;
  const [organization = ""] = id.split("/");
  return outputsOf(organization, parseAnswer(alertAnswer, body), known);
}

function outputsOf(organization: string, found: AlertAnswer, known: AlertInputs | undefined): AlertOutputs {
  const outputs: Record<string, unknown> = {
    organization,
    project: found.projects.length === 1 ? found.projects[0] : known?.project,
    projects: found.projects,
    name: found.name,
    conditions: inShapeOf(known?.conditions, found.conditions),
    filters: inShapeOf(known?.filters, found.filters),
    actions: inShapeOf(known?.actions, found.actions),
    actionMatch: found.actionMatch,
    filterMatch: found.filterMatch,
    frequency: found.frequency,
    environment: found.environment ?? "",
    internalId: found.id,
  };
  return outputs as unknown as AlertOutputs;
}

/**
 * Sentry answers more about a node than was declared; only what was declared is compared.
 * @throws BridgedError when there are fewer nodes than declared: the vendor's plugin crashes then.
 */
function inShapeOf(declared: Nodes | undefined, found: readonly Record<string, unknown>[]): Nodes {
  const texts = found.map((node) =>
    Object.fromEntries(Object.entries(node).map(([name, value]) => [name, String(value)])),
  );
  if (!declared) return texts;
  if (texts.length < declared.length) {
    throw new BridgedError(`index out of range [${texts.length}] with length ${texts.length}`);
  }
  return texts.map((node, index) => {
    const names = Object.keys(declared[index] ?? node);
    return Object.fromEntries(names.map((name) => [name, node[name] ?? ""]));
  });
}
