/** The PipelineDefinition resource. */
import { z } from "zod";
import { createOnce } from "../../kit/create-once.ts";
import { alreadyExists } from "../../kit/existing.ts";
import type { ResourceDefinition } from "../../kit/resource.ts";
import { segment } from "../../kit/vendor-client.ts";
import { type DefinitionAnswer as Answer, definitionAnswer as answer } from "./answers.ts";
import type { ApiContext, CircleciClient } from "./client.ts";
import { listBelow } from "./project-api.ts";
import { remove } from "./removal.ts";

const TOKEN = "circleci:index:PipelineDefinition";

const repositoryId = z.string().regex(/^\d+$/, "is GitHub's numeric id of the repository");

const inputs = z.object({
  projectId: z.string().min(1).describe("Id of the project, a UUID. A change replaces the definition."),
  name: z.string().min(1).describe("Name of the definition, unique in its project."),
  description: z.string().default("").describe("What the pipeline is for."),
  configSource: z
    .object({
      provider: z
        .enum(["github_app", "circleci"])
        .default("github_app")
        .describe(
          "Whether the configuration is in a repository or kept by CircleCI. A change replaces the definition.",
        ),
      repositoryId: repositoryId
        .optional()
        .describe("With github_app: GitHub's numeric id of the repository, as text. A change replaces the definition."),
      filePath: z.string().min(1).default(".circleci/config.yml").describe("Path of the configuration."),
    })
    .refine(
      ({ provider, repositoryId: repository }) => (provider === "github_app") === (repository !== undefined),
      "needs repositoryId with provider github_app, and goes without it with provider circleci",
    )
    .describe("Where the pipeline's configuration is."),
  checkoutSource: z
    .object({ repositoryId: repositoryId.describe("GitHub's numeric id of the repository, as text.") })
    .describe("What the pipeline checks out."),
});

const outputs = inputs.extend({
  definitionId: z.string().describe("Id of the definition, a UUID."),
  createdAt: z.string().describe("When it was made, ISO 8601."),
});

type Inputs = z.infer<typeof inputs>;
type Outputs = z.infer<typeof outputs>;

/** What a GitHub App project runs: a configuration for a repository. */
export const pipelineDefinition: ResourceDefinition<CircleciClient, Inputs, Outputs> = {
  token: TOKEN,
  description:
    "A pipeline definition of a GitHub App project (CircleCI API v2, Pipeline definition): where the configuration is and " +
    "what is checked out. Triggers start it. Import by project and definition: `<project id>/<definition id>`.",
  inputs,
  outputs,
  replaceOnChanges: ["projectId", "configSource.provider", "configSource.repositoryId"],
  async create(call, declared) {
    const { projectId, name } = declared;
    const made = await createOnce({
      context: call,
      find: async () => (await definitionsOf(call, projectId)).filter((existing) => existing.name === name),
      create: ({ signal }) => post({ ...call, signal }, declared),
      idOf: ({ id }) => id,
      refuse: ({ id }) =>
        alreadyExists({ kind: "pipeline definition", token: TOKEN, name, importId: `${projectId}/${id}` }),
    });
    return { id: `${projectId}/${made.id}`, outputs: describe(projectId, made) };
  },
  async read(call, id) {
    const [projectId = "", definitionId = ""] = id.split("/");
    const found = await find(call, projectId, definitionId);
    if (!found) return undefined;
    const { definitionId: _, createdAt: __, ...declared } = describe(projectId, found);
    return { id, inputs: declared, outputs: describe(projectId, found) };
  },
  async update(call, _id, { outputs: { projectId, definitionId } }, declared) {
    const body = {
      name: declared.name,
      description: declared.description,
      config_source: { file_path: declared.configSource.filePath },
      checkout_source: checkoutSource(declared),
    };
    const options = { body, repeatable: true };
    const written = await call.client.call(call, "PATCH", onePath(projectId, definitionId), answer, options);
    return describe(projectId, written);
  },
  delete: (call, _id, { outputs: { projectId, definitionId } }) =>
    remove(
      call,
      onePath(projectId, definitionId),
      async () => (await find(call, projectId, definitionId)) !== undefined,
    ),
};

/** That there is none is only believed when the project's list says so, too. */
async function find(api: ApiContext, projectId: string, definitionId: string): Promise<Answer | undefined> {
  const found = await api.client.find(api, onePath(projectId, definitionId), answer);
  if (found) return found;
  return (await listBelow(api, projectId, path(projectId), answer))?.find(({ id }) => id === definitionId);
}

function describe(projectId: string, found: Answer): Outputs {
  const { config_source: config, checkout_source: checkout } = found;
  const repositoryId = config?.repo?.external_id;
  return {
    projectId,
    name: found.name,
    description: found.description,
    configSource: {
      provider: config?.provider === "circleci" ? "circleci" : "github_app",
      ...(repositoryId !== undefined && { repositoryId }),
      filePath: config?.file_path ?? "",
    },
    checkoutSource: { repositoryId: checkout?.repo?.external_id ?? "" },
    definitionId: found.id,
    createdAt: found.created_at,
  };
}

function post(api: ApiContext, declared: Inputs): Promise<Answer> {
  const { provider, repositoryId: repo, filePath } = declared.configSource;
  const body = {
    name: declared.name,
    description: declared.description,
    config_source: { provider, ...(repo !== undefined && { repo: { external_id: repo } }), file_path: filePath },
    checkout_source: checkoutSource(declared),
  };
  return api.client.call(api, "POST", path(declared.projectId), answer, { body });
}

function checkoutSource({ checkoutSource }: Inputs): object {
  return { provider: "github_app", repo: { external_id: checkoutSource.repositoryId } };
}

function definitionsOf(api: ApiContext, projectId: string): Promise<Answer[]> {
  return api.client.list(api, path(projectId), answer);
}

function onePath(projectId: string, definitionId: string): string {
  return `${path(projectId)}/${segment(definitionId)}`;
}

function path(projectId: string): string {
  return `/api/v2/projects/${segment(projectId)}/pipeline-definitions`;
}
