/** Pipelines, workflows and jobs as API v2 shows them. */
import type { Context, Hono } from "hono";
import { z } from "zod";
import { page, readBody, refuse } from "../answers.ts";
import type { Circleci } from "../circleci.ts";
import { accountUser } from "../identity.ts";
import { onProject, ownerOf, param, projectOf } from "../slugs.ts";
import { jobUrl } from "./checks.ts";
import type { Job, Pipeline, Workflow } from "./model.ts";
import type { Pipelines } from "./pipelines.ts";
import { jobsOf, outputOf, pipelinesOf, stoppedAt, workflowStatus, workflowsOf } from "./records.ts";

const trigger = z.object({ branch: z.string().min(1).optional() });

/** Adds the routes. @param running what starts pipelines; undefined where none runs. */
export function pipelineRoutes(app: Hono, circleci: Circleci, running: Pipelines | undefined): void {
  const pipelineOf = (id: string): Pipeline => circleci.pipelines.get(id) ?? refuse(404, "Pipeline not found");
  const workflowOf = (id: string): Workflow => circleci.workflows.get(id) ?? refuse(404, "Workflow not found");

  onProject(app, "GET", "/pipeline", (c, slug) => {
    const branch = c.req.query("branch");
    const all = pipelinesOf(circleci, projectOf(circleci, slug).id).filter((one) => !branch || one.branch === branch);
    const { items, next_page_token } = page(c, all);
    return c.json({ items: items.map((one) => pipelineView(circleci, one)), next_page_token });
  });
  onProject(app, "POST", "/pipeline", async (c, slug) => {
    const project = projectOf(circleci, slug);
    const { branch = "main" } = await readBody(c, trigger);
    const repository = project.slug.replace(/^gh\//, "");
    const sha = circleci.source?.headOf(repository, branch);
    const started = sha === undefined ? undefined : running?.pushed(repository, { branch, sha });
    if (!started) refuse(400, "Branch not found");
    const { id, state, number, created_at } = pipelineView(circleci, started);
    return c.json({ id, state, number, created_at }, 201);
  });
  app.get("/api/v2/pipeline/:pipeline", (c) => c.json(pipelineView(circleci, pipelineOf(param(c, "pipeline")))));
  app.get("/api/v2/pipeline/:pipeline/workflow", (c) => {
    const pipeline = pipelineOf(param(c, "pipeline"));
    const { items, next_page_token } = page(c, workflowsOf(circleci, pipeline));
    return c.json({ items: items.map((one) => workflowView(circleci, one)), next_page_token });
  });
  app.get("/api/v2/workflow/:workflow", (c) => c.json(workflowView(circleci, workflowOf(param(c, "workflow")))));
  app.get("/api/v2/workflow/:workflow/job", (c) => {
    const jobs = jobsOf(circleci, workflowOf(param(c, "workflow")));
    const { items, next_page_token } = page(c, jobs);
    return c.json({ items: items.map((one) => workflowJobView(circleci, one, jobs)), next_page_token });
  });
  const numbered = (c: Context, slug: string): Job => {
    const project = projectOf(circleci, slug);
    const job = circleci.jobs.find(({ number }) => String(number) === param(c, "number"));
    if (!job || circleci.pipelines.get(job.pipelineId)?.projectId !== project.id) refuse(404, "Job not found");
    return job;
  };
  onProject(app, "GET", "/job/:number{[0-9]+}", (c, slug) => c.json(jobView(circleci, numbered(c, slug))));
  // "Get the output of a step" has no successor in API v2.
  app.get("/api/v1.1/project/:vcs/:organization/:repository/:number{[0-9]+}/output/:step{[0-9]+}/:index", (c) => {
    const job = numbered(c, `${param(c, "vcs")}/${param(c, "organization")}/${param(c, "repository")}`);
    const step = Number(param(c, "step"));
    const { startedAt } = job.steps[step] ?? refuse(404, "Step not found");
    return c.json([{ message: outputOf(circleci, job, step), time: startedAt, type: "out" }]);
  });
}

function pipelineView(circleci: Circleci, pipeline: Pipeline) {
  const { login, avatar_url } = accountUser(circleci.account.owner);
  const url = circleci.source?.webUrl(pipeline.repository) ?? "";
  return {
    id: pipeline.id,
    number: pipeline.number,
    project_slug: `gh/${pipeline.repository}`,
    created_at: pipeline.createdAt,
    updated_at: pipeline.createdAt,
    state: pipeline.error === undefined ? "created" : "errored",
    errors: pipeline.error === undefined ? [] : [{ type: "config", message: pipeline.error }],
    trigger: { type: "webhook", received_at: pipeline.createdAt, actor: { login, avatar_url } },
    vcs: {
      provider_name: "GitHub",
      target_repository_url: url,
      origin_repository_url: url,
      branch: pipeline.branch,
      revision: pipeline.sha,
      commit: { subject: pipeline.subject, body: "" },
    },
  };
}

function workflowView(circleci: Circleci, workflow: Workflow) {
  const jobs = jobsOf(circleci, workflow);
  const pipeline = circleci.pipelines.get(workflow.pipelineId);
  return {
    id: workflow.id,
    name: workflow.name,
    pipeline_id: workflow.pipelineId,
    pipeline_number: pipeline?.number ?? 0,
    project_slug: `gh/${pipeline?.repository}`,
    status: workflowStatus(jobs),
    started_by: accountUser(circleci.account.owner).id,
    created_at: workflow.createdAt,
    stopped_at: stoppedAt(jobs) ?? null,
  };
}

function workflowJobView(circleci: Circleci, job: Job, jobs: readonly Job[]) {
  const pipeline = circleci.pipelines.get(job.pipelineId);
  const dependencies = jobs.filter(({ name }) => job.requires.includes(name)).map(({ id }) => id);
  return {
    id: job.id,
    name: job.name,
    type: "build",
    status: job.status,
    job_number: job.number,
    project_slug: `gh/${pipeline?.repository}`,
    dependencies,
    started_at: job.startedAt ?? null,
    stopped_at: job.stoppedAt ?? null,
  };
}

function jobView(circleci: Circleci, job: Job) {
  const pipeline = circleci.pipelines.get(job.pipelineId) ?? refuse(404, "Job not found");
  const workflow = circleci.workflows.get(job.workflowId);
  const project = circleci.projects.get(pipeline.projectId) ?? refuse(404, "Project not found");
  const { startedAt, stoppedAt: stopped } = job;
  const duration = startedAt && stopped ? Date.parse(stopped) - Date.parse(startedAt) : null;
  return {
    number: job.number,
    name: job.name,
    status: job.status,
    created_at: job.queuedAt,
    queued_at: job.queuedAt,
    started_at: startedAt ?? null,
    stopped_at: stopped ?? null,
    duration,
    executor: { resource_class: job.resourceClass, type: "docker" },
    parallelism: 1,
    parallel_runs: [{ index: 0, status: job.status }],
    contexts: job.contexts.map((name) => ({ name })),
    messages: job.explanation === undefined ? [] : [{ type: "warning", message: job.explanation }],
    organization: { name: ownerOf(circleci, project).name },
    pipeline: { id: pipeline.id },
    latest_workflow: { id: job.workflowId, name: workflow?.name ?? "" },
    project: {
      id: project.id,
      slug: project.slug,
      name: project.name,
      external_url: circleci.source?.webUrl(pipeline.repository) ?? "",
    },
    web_url: jobUrl(circleci, pipeline, job),
  };
}
