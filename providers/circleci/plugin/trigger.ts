/** The Trigger resource. */
import { createOnce } from "../../kit/create-once.ts";
import { alreadyExists } from "../../kit/existing.ts";
import type { ResourceDefinition } from "../../kit/resource.ts";
import { segment } from "../../kit/vendor-client.ts";
import { type TriggerAnswer as Answer, triggerAnswer as answer } from "./answers.ts";
import type { ApiContext, CircleciClient } from "./client.ts";
import { listBelow } from "./project-api.ts";
import { remove } from "./removal.ts";
import { type Inputs, inputs, type Outputs, outputs } from "./trigger-schema.ts";

const TOKEN = "circleci:index:Trigger";

/** Which events start a pipeline. */
export const trigger: ResourceDefinition<CircleciClient, Inputs, Outputs> = {
  token: TOKEN,
  description:
    "A trigger of a pipeline definition in a GitHub App project (CircleCI API v2, Trigger). Import by project, definition " +
    "and trigger: `<project id>/<definition id>/<trigger id>`.",
  inputs,
  outputs,
  secrets: ["webhookUrl"],
  replaceOnChanges: ["projectId", "definitionId", "provider", "repositoryId"],
  async create(call, declared) {
    const { projectId, definitionId, eventPreset, eventName } = declared;
    const made = await createOnce({
      context: call,
      find: async () => (await triggersOf(call, declared)).filter((existing) => isSame(existing, declared)),
      create: ({ signal }) => post({ ...call, signal }, declared),
      idOf: ({ id }) => id,
      refuse: ({ id }) => {
        const name = eventPreset ?? eventName ?? declared.provider;
        return alreadyExists({ kind: "trigger", token: TOKEN, name, importId: `${projectId}/${definitionId}/${id}` });
      },
    });
    return { id: `${projectId}/${definitionId}/${made.id}`, outputs: { ...declared, ...addedBy(made) } };
  },
  async read(call, id, prior) {
    const [projectId = "", definitionId = "", triggerId = ""] = id.split("/");
    const found = await find(call, { projectId, definitionId, triggerId });
    if (!found) return undefined;
    const all = { projectId, definitionId, ...declarations(found) } as Inputs;
    // What the program leaves open, CircleCI fills in: that is no difference.
    const declared = prior ? onlyDeclared(all, prior.inputs) : all;
    return { id, inputs: declared, outputs: { ...declared, ...addedBy(found) } };
  },
  async update(call, _id, { outputs: { projectId, triggerId } }, declared) {
    const { sender } = declared;
    const body = { ...settingsOf(declared), ...(sender !== undefined && { event_source: { webhook: { sender } } }) };
    const options = { body, repeatable: true };
    const written = await call.client.call(call, "PATCH", path(projectId, triggerId), answer, options);
    return { ...declared, ...addedBy(written) };
  },
  delete: (call, _id, { outputs }) =>
    remove(call, path(outputs.projectId, outputs.triggerId), async () => (await find(call, outputs)) !== undefined),
};

/** That there is none is only believed when the definition's list says so, too. */
async function find(
  api: ApiContext,
  place: Pick<Outputs, "projectId" | "definitionId" | "triggerId">,
): Promise<Answer | undefined> {
  const found = await api.client.find(api, path(place.projectId, place.triggerId), answer);
  if (found) return found;
  const all = await listBelow(api, place.projectId, collection(place), answer);
  return all?.find(({ id }) => id === place.triggerId);
}

function post(api: ApiContext, declared: Inputs): Promise<Answer> {
  const { provider, repositoryId, sender } = declared;
  const source = {
    provider,
    ...(repositoryId !== undefined && { repo: { external_id: repositoryId } }),
    ...(sender !== undefined && { webhook: { sender } }),
  };
  const body = { event_source: source, ...settingsOf(declared) };
  return api.client.call(api, "POST", collection(declared), answer, { body });
}

function settingsOf({ provider, eventPreset, checkoutRef, configRef, eventName, disabled }: Inputs): object {
  return {
    event_preset: eventPreset,
    checkout_ref: checkoutRef,
    config_ref: configRef,
    event_name: eventName,
    ...(provider === "webhook" && { disabled }),
  };
}

function declarations(found: Answer): Partial<Inputs> {
  const { event_source: source } = found;
  const all = {
    provider: source?.provider as Inputs["provider"] | undefined,
    repositoryId: source?.repo?.external_id,
    eventPreset: found.event_preset,
    checkoutRef: found.checkout_ref,
    configRef: found.config_ref,
    eventName: found.event_name,
    sender: source?.webhook?.sender,
    disabled: found.disabled ?? false,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ""));
}

function onlyDeclared(all: Inputs, declared: Inputs): Inputs {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in declared)) as Inputs;
}

function addedBy(found: Answer): Pick<Outputs, "triggerId" | "createdAt" | "webhookUrl"> {
  const url = found.event_source?.webhook?.url;
  return { triggerId: found.id, createdAt: found.created_at, ...(url !== undefined && { webhookUrl: url }) };
}

/** Two triggers that would start the pipeline on the same events. */
function isSame(existing: Answer, declared: Inputs): boolean {
  const { provider, repositoryId, eventPreset, eventName, sender } = declarations(existing);
  const now = [provider, repositoryId, eventPreset, eventName, sender];
  const wanted = [declared.provider, declared.repositoryId, declared.eventPreset, declared.eventName, declared.sender];
  return wanted.every((value, index) => value === undefined || value === now[index]);
}

function triggersOf(api: ApiContext, declared: Inputs): Promise<Answer[]> {
  return api.client.list(api, collection(declared), answer);
}

function collection({ projectId, definitionId }: Pick<Inputs, "projectId" | "definitionId">): string {
  return `/api/v2/projects/${segment(projectId)}/pipeline-definitions/${segment(definitionId)}/triggers`;
}

function path(projectId: string, triggerId: string): string {
  return `/api/v2/projects/${segment(projectId)}/triggers/${segment(triggerId)}`;
}
