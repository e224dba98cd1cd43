/** What is kept of pipelines, and how their parts stand together. */
import type { Circleci } from "../circleci.ts";
import type { Job, JobStatus, Pipeline, StepOutput, Workflow } from "./model.ts";

/** The pipelines of a project, or of all, newest first. */
export function pipelinesOf(circleci: Circleci, projectId?: string): Pipeline[] {
  return circleci.pipelines.list((one) => projectId === undefined || one.projectId === projectId).reverse();
}

/** The workflows of a pipeline. */
export function workflowsOf(circleci: Circleci, pipeline: Pipeline): Workflow[] {
  return circleci.workflows.list(({ pipelineId }) => pipelineId === pipeline.id);
}

/** The jobs of a workflow, in the order of the file. */
export function jobsOf(circleci: Circleci, workflow: Workflow): Job[] {
  return circleci.jobs.list(({ workflowId }) => workflowId === workflow.id);
}

/** What a step has written so far. */
export function outputOf(circleci: Circleci, job: Job, step: number): string {
  return circleci.stepOutputs.get(outputKey(job.id, step))?.text ?? "";
}

/** Keeps what a step has written. */
export function keepOutput(circleci: Circleci, output: StepOutput): void {
  circleci.stepOutputs.put(outputKey(output.jobId, output.step), output);
}

function outputKey(jobId: string, step: number): string {
  return `${jobId}/${step}`;
}

const OVER: ReadonlySet<JobStatus> = new Set(["success", "failed", "not_run", "canceled", "unauthorized"]);

/** Whether nothing more comes of a job. */
export function isOver({ status }: Job): boolean {
  return OVER.has(status);
}

/** A workflow's status, by its jobs ("API v2": workflow status). */
export function workflowStatus(jobs: readonly Job[]) {
  const has = (status: JobStatus): boolean => jobs.some((job) => job.status === status);
  const isRunning = jobs.some((job) => !isOver(job));
  if (has("failed")) return isRunning ? "failing" : "failed";
  if (isRunning) return "running";
  if (has("unauthorized")) return "unauthorized";
  if (has("canceled")) return "canceled";
  return has("not_run") ? "not_run" : "success";
}

/** When the last job ended; undefined while one goes on. */
export function stoppedAt(jobs: readonly Job[]): string | undefined {
  if (jobs.some((job) => !isOver(job))) return undefined;
  return jobs
    .map((job) => job.stoppedAt ?? job.queuedAt)
    .sort()
    .at(-1);
}
