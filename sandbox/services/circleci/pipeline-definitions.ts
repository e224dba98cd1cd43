/** Pipeline definitions of an App project: where the configuration is, and which repository is checked out. */
import type { Context, Hono } from "hono";
import { z } from "zod";
import { deleteWhere } from "../core/collections.ts";
import { readBody, refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import { uuidOf } from "./identity.ts";
import type { PipelineDefinition, Project, RepositoryReference } from "./model.ts";
import { ownerOf, param } from "./slugs.ts";

const repository = z.strictObject({ external_id: z.string().min(1) });
const checkoutSource = z.strictObject({ provider: z.literal("github_app"), repo: repository });
const newDefinition = z.strictObject({
  name: z.string().min(1),
  description: z.string().default(""),
  config_source: z.discriminatedUnion("provider", [
    z.strictObject({ provider: z.literal("github_app"), repo: repository, file_path: z.string().min(1) }),
    z.strictObject({ provider: z.literal("circleci"), file_path: z.string().min(1) }),
  ]),
  checkout_source: checkoutSource,
});
const update = z.strictObject({
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  config_source: z.strictObject({ file_path: z.string().min(1).optional() }).optional(),
  checkout_source: checkoutSource.optional(),
});

/** Adds the routes. */
export function pipelineDefinitionRoutes(app: Hono, circleci: Circleci): void {
  const collection = "/api/v2/projects/:project/pipeline-definitions";

  app.get(collection, (c) => {
    const { id } = projectById(circleci, c);
    return c.json({ items: circleci.pipelineDefinitions.list(({ projectId }) => projectId === id).map(describe) });
  });

  app.post(collection, async (c) => {
    const project = projectById(circleci, c);
    const body = await readBody(c, newDefinition);
    if (ownerOf(circleci, project).kind !== "app") {
      refuse(400, "Pipeline definitions can only be created in projects that use the GitHub App.");
    }
    const { config_source: config } = body;
    const definition: PipelineDefinition = {
      id: uuidOf(`pipeline definition ${project.id} ${circleci.store.next("pipeline-definition")}`),
      projectId: project.id,
      name: body.name,
      description: body.description,
      createdAt: circleci.now(),
      configSource: {
        provider: config.provider,
        ...("repo" in config && { repo: resolveRepository(circleci, config.repo.external_id) }),
        file_path: config.file_path,
      },
      checkoutSource: {
        provider: body.checkout_source.provider,
        repo: resolveRepository(circleci, body.checkout_source.repo.external_id),
      },
    };
    return c.json(describe(circleci.pipelineDefinitions.put(definition.id, definition)));
  });

  app.get(`${collection}/:definition`, (c) => c.json(describe(definitionOf(circleci, c))));

  app.patch(`${collection}/:definition`, async (c) => {
    const body = await readBody(c, update);
    const definition = definitionOf(circleci, c);
    const { configSource, checkoutSource } = definition;
    const updated: PipelineDefinition = {
      ...definition,
      name: body.name ?? definition.name,
      description: body.description ?? definition.description,
      configSource: { ...configSource, file_path: body.config_source?.file_path ?? configSource.file_path },
      checkoutSource: body.checkout_source
        ? { ...checkoutSource, repo: resolveRepository(circleci, body.checkout_source.repo.external_id) }
        : checkoutSource,
    };
    return c.json(describe(circleci.pipelineDefinitions.put(definition.id, updated)));
  });

  app.delete(`${collection}/:definition`, (c) => {
    const { id } = definitionOf(circleci, c);
    circleci.store.transaction(() => {
      circleci.pipelineDefinitions.delete(id);
      deleteWhere(
        circleci.triggers,
        (trigger) => trigger.id,
        ({ definitionId }) => definitionId === id,
      );
    });
    return c.json({ message: "Pipeline definition deleted." });
  });
}

/** The project that the path names by id. Refuses with 404. */
export function projectById(circleci: Circleci, c: Context): Project {
  const project = circleci.projects.get(param(c, "project"));
  if (project === undefined || !project.followed) refuse(404, "Project not found.");
  return project;
}

/** The definition that the path names. Refuses with 404. */
export function definitionOf(circleci: Circleci, c: Context): PipelineDefinition {
  const project = projectById(circleci, c);
  const definition = circleci.pipelineDefinitions.get(param(c, "definition"));
  if (definition?.projectId !== project.id) refuse(404, "Pipeline definition not found.");
  return definition;
}

/** A repository by GitHub's numeric id. Refuses with 404 when the emulated GitHub does not know it. */
export function resolveRepository(circleci: Circleci, externalId: string): RepositoryReference {
  const { repositoryName } = circleci.extras;
  const fullName = repositoryName ? repositoryName(externalId) : `${circleci.account.owner}/${externalId}`;
  if (fullName === undefined) refuse(404, `Repository ${externalId} not found.`);
  return { full_name: fullName, external_id: externalId };
}

function describe(definition: PipelineDefinition): object {
  const { id, name, description, createdAt, configSource, checkoutSource } = definition;
  return {
    id,
    name,
    description,
    created_at: createdAt,
    config_source: configSource,
    checkout_source: checkoutSource,
  };
}
