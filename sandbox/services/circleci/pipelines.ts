/** Pipelines that were started by hand. Nothing runs: they are created, listed and read. */
import { createHash } from "node:crypto";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { page, readBody, refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import { accountUser, uuidOf } from "./identity.ts";
import type { Pipeline, Project } from "./model.ts";
import { findOrganization, onProject, ownerOf, param, projectOf } from "./slugs.ts";

const parameters = z.record(z.string().max(128), z.union([z.string().max(512), z.int(), z.boolean()]));
const source = z.strictObject({ branch: z.string().optional(), tag: z.string().optional() });
const newPipeline = z.object({ ...source.shape, parameters: parameters.optional() });
const newRun = z.strictObject({
  definition_id: z.string().optional(),
  config: source.optional(),
  checkout: source.optional(),
  parameters: parameters.optional(),
});

/** Adds the routes. */
export function pipelineRoutes(app: Hono, circleci: Circleci): void {
  onProject(app, "POST", "/pipeline", async (c, slug) => {
    const project = projectOf(circleci, slug);
    const body = await readBody(c, newPipeline);
    if (ownerOf(circleci, project).kind === "app") refuse(400, "This API is not supported for this project.");
    return c.json(summary(create(circleci, project, body, body.parameters)), 201);
  });

  app.post("/api/v2/project/:vcs/:organization/:repository/pipeline/run", async (c) => {
    const { vcs, organization, repository } = c.req.param();
    const project = projectOf(circleci, `${vcs}/${organization}/${repository}`);
    const body = await readBody(c, newRun);
    const definition = circleci.pipelineDefinitions.get(body.definition_id ?? "");
    if (ownerOf(circleci, project).kind === "app" && definition?.projectId !== project.id) {
      refuse(404, "Pipeline definition not found.");
    }
    return c.json(summary(create(circleci, project, body.checkout ?? body.config ?? {}, body.parameters)), 201);
  });

  onProject(app, "GET", "/pipeline", (c, slug) => {
    const { id } = projectOf(circleci, slug);
    const branch = c.req.query("branch");
    const found = circleci.pipelines.list(
      (pipeline) => pipeline.projectId === id && (branch === undefined || pipeline.branch === branch),
    );
    return c.json(
      page(
        c,
        found.reverse().map((pipeline) => describe(circleci, pipeline)),
      ),
    );
  });

  onProject(app, "GET", "/pipeline/:number", (c, slug) => {
    const { id } = projectOf(circleci, slug);
    const number = Number(param(c, "number"));
    const found = circleci.pipelines.find((pipeline) => pipeline.projectId === id && pipeline.number === number);
    if (found === undefined) refuse(404, "Pipeline not found");
    return c.json(describe(circleci, found));
  });

  app.get("/api/v2/pipeline", (c) => {
    const organization = findOrganization(circleci, c.req.query("org-slug") ?? "");
    if (organization === undefined) refuse(404, "Organization not found");
    const isMine = ({ projectId }: Pipeline): boolean =>
      circleci.projects.get(projectId)?.organizationId === organization.id;
    const found = circleci.pipelines.list(isMine).reverse();
    return c.json(
      page(
        c,
        found.map((pipeline) => describe(circleci, pipeline)),
      ),
    );
  });

  const pipelineOf = (c: Context): Pipeline => {
    const pipeline = circleci.pipelines.get(param(c, "pipeline"));
    if (pipeline === undefined) refuse(404, "Pipeline not found");
    return pipeline;
  };
  app.get("/api/v2/pipeline/:pipeline", (c) => c.json(describe(circleci, pipelineOf(c))));
  app.get("/api/v2/pipeline/:pipeline/values", (c) => c.json(pipelineOf(c).parameters));
  app.get("/api/v2/pipeline/:pipeline/workflow", (c) => {
    pipelineOf(c);
    return c.json({ items: [], next_page_token: null });
  });
}

function create(
  circleci: Circleci,
  project: Project,
  { branch, tag }: z.infer<typeof source>,
  values: Pipeline["parameters"] = {},
): Pipeline {
  if (branch !== undefined && tag !== undefined) refuse(400, "branch and tag are mutually exclusive.");
  const number = circleci.store.next(`pipeline ${project.id}`);
  const pipeline: Pipeline = {
    id: uuidOf(`pipeline ${project.id} ${number}`),
    projectId: project.id,
    number,
    createdAt: circleci.now(),
    ...(tag === undefined ? { branch: branch ?? "main" } : { tag }),
    parameters: values,
  };
  return circleci.pipelines.put(pipeline.id, pipeline);
}

function summary({ id, number, createdAt }: Pipeline): object {
  return { id, state: "pending", number, created_at: createdAt };
}

function describe(circleci: Circleci, pipeline: Pipeline): object {
  const project = circleci.projects.get(pipeline.projectId);
  const { login, avatar_url } = accountUser(circleci.account.owner);
  const repositoryUrl = `https://github.com/${circleci.account.owner}/${project?.name}`;
  return {
    id: pipeline.id,
    errors: [],
    project_slug: project?.slug,
    updated_at: pipeline.createdAt,
    number: pipeline.number,
    trigger_parameters: pipeline.parameters,
    state: "created",
    created_at: pipeline.createdAt,
    trigger: { type: "api", received_at: pipeline.createdAt, actor: { login, avatar_url } },
    vcs: {
      provider_name: "GitHub",
      origin_repository_url: repositoryUrl,
      target_repository_url: repositoryUrl,
      revision: createHash("sha1").update(pipeline.id).digest("hex"),
      ...(pipeline.branch !== undefined && { branch: pipeline.branch }),
      ...(pipeline.tag !== undefined && { tag: pipeline.tag }),
    },
  };
}
