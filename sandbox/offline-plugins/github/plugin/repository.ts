/** github.Repository: the calls of the vendor's plugin, in its order. */
import type { ResourceDefinition } from "../../../../providers/kit/resource.ts";
import { propertyNames } from "../../../../providers/kit/shape.ts";
import { parseAnswer } from "../../bridge/answer.ts";
import { bridgedDiff } from "../../bridge/difference.ts";
import { BridgedError } from "../../bridge/failure.ts";
import { inputsAsRead } from "../../bridge/inputs.ts";
import type { GitHubClient } from "./client.ts";
import { creationBody, outputsOf, repositoryAnswer, settingsBody } from "./repository-api.ts";
import { fetchOutputs, putTopics, writeSettings } from "./repository-requests.ts";
import {
  computedSettings,
  leftOut,
  type RepositoryInputs,
  type RepositoryOutputs,
  repositoryInputs,
  repositoryOutputs,
} from "./repository-schema.ts";

const inputNames = propertyNames(repositoryInputs);
/** An import declares no setting twice (`private` says what `visibility` says), and none that is left out. */
const importedNames = inputNames.filter((name) => name !== "private" && !(leftOut as readonly string[]).includes(name));

const DEPRECATED =
  "Use the github_repository_vulnerability_alerts resource instead. This field will be removed in a future version.";

/** The id is the repository's name, also on import. */
export const repository: ResourceDefinition<GitHubClient, RepositoryInputs, RepositoryOutputs> = {
  token: "github:index/repository:Repository",
  description: "A repository of an organization or a user.",
  inputs: repositoryInputs,
  outputs: repositoryOutputs,
  diff: bridgedDiff(inputNames, { computed: computedSettings, sets: ["topics"] }),

  check(inputs) {
    const reason = "is not in the offline edition of the github plugin; leave it out, or use `--plugins installed`";
    return leftOut.filter((name) => inputs[name] !== undefined).map((property) => ({ property, reason }));
  },

  warnings: ({ vulnerabilityAlerts }, urn) =>
    vulnerabilityAlerts === undefined ? [] : [`${urn} verification warning: ${DEPRECATED}`],

  async create(context, inputs) {
    const { client, signal } = context;
    if (inputs.defaultBranch && inputs.defaultBranch !== "main") {
      throw new BridgedError("cannot set the default branch on a new repository to something other than 'main'");
    }
    const path = client.isOrganization ? `orgs/${client.owner}/repos` : "user/repos";
    const answer = await client.request("POST", path, { signal, body: creationBody(inputs) });
    const created = parseAnswer(repositoryAnswer, answer.body);
    const id = created.name;
    context.created(id, outputsOf(inputs, created, answer.etag));
    if (inputs.archived) {
      await client.request("PATCH", client.repository(id), { signal, body: { archived: true } });
    } else {
      if (inputs.topics?.length) await putTopics(context, id, inputs.topics);
      await writeSettings(context, id, inputs, {});
    }
    const outputs = await fetchOutputs(context, id, inputs);
    if (!outputs) throw new BridgedError(`repository ${id} is gone right after its creation`);
    return { id, outputs };
  },

  async read(context, id, prior) {
    const known = prior?.outputs ?? { autoInit: false };
    const outputs = await fetchOutputs(context, id, known, prior?.outputs.etag);
    const names = prior ? inputNames : importedNames;
    return outputs && { id, inputs: inputsAsRead(names, outputs, prior) as RepositoryInputs, outputs };
  },

  async update(context, id, prior, inputs) {
    const declared = { ...prior.outputs, ...inputs } as RepositoryOutputs;
    if (inputs.archived && prior.outputs.archived) return declared;
    await writeSettings(context, id, { ...chosenByService(prior.outputs), ...inputs }, prior.outputs);
    const outputs = await fetchOutputs(context, inputs.name, declared, prior.outputs.etag);
    if (!outputs) throw new BridgedError(`repository ${inputs.name} is gone right after its update`);
    return outputs;
  },

  async delete({ client, signal }, id, prior) {
    if (!prior.inputs.archiveOnDestroy) {
      await client.request("DELETE", client.repository(id), { signal });
      return;
    }
    if (prior.outputs.archived) return;
    const { web_commit_signoff_required: _signoff, ...body } = settingsBody({
      ...prior.outputs,
      archived: true,
    } as RepositoryInputs);
    await client.request("PATCH", client.repository(id), {
      signal,
      body: { ...body, visibility: prior.outputs.visibility },
    });
  },
};

/** What a request repeats of the settings that the program leaves to the service. */
function chosenByService(outputs: RepositoryOutputs): Partial<RepositoryInputs> {
  const { visibility, private: isPrivate, allowForking, topics } = outputs;
  return { visibility, private: isPrivate, allowForking, topics } as Partial<RepositoryInputs>;
}
