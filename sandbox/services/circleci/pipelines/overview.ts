/** Pipelines for people to look at, with what their jobs have written. */
import type { ServiceContext } from "../../core/service.ts";
import { type Circleci, openCircleci } from "../circleci.ts";
import type { Job } from "./model.ts";
import { jobsOf, outputOf, pipelinesOf, workflowStatus, workflowsOf } from "./records.ts";

/** A pipeline in a list. */
export interface ShownPipeline {
  readonly id: string;
  readonly number: number;
  readonly repository: string;
  readonly branch: string;
  readonly commit: string;
  readonly subject: string;
  readonly time: string;
  readonly status: string;
  readonly error?: string;
  readonly jobs: readonly ShownJob[];
}

/** A job of it. */
export interface ShownJob {
  readonly number: number;
  readonly name: string;
  readonly status: string;
  readonly explanation?: string;
  readonly seconds?: number;
}

/** A step with its output. */
export interface ShownStep {
  readonly name: string;
  readonly status: string;
  readonly output: string;
}

/** Pipelines over CircleCI's own context. */
export interface PipelineOverview {
  /** The newest first. */
  list(): ShownPipeline[];
  /** The steps of a job; undefined when there is no such job. */
  steps(job: number): ShownStep[] | undefined;
}

const SHOWN = 10;

/** The overview. */
export function pipelineOverview(context: ServiceContext): PipelineOverview {
  const circleci = openCircleci(context, {});
  return {
    list: () =>
      pipelinesOf(circleci)
        .slice(0, SHOWN)
        .map((pipeline) => show(circleci, pipeline)),
    steps(number) {
      const job = circleci.jobs.find((one) => one.number === number);
      return job?.steps.map(({ name, status }, index) => ({ name, status, output: outputOf(circleci, job, index) }));
    },
  };
}

function show(circleci: Circleci, pipeline: ReturnType<typeof pipelinesOf>[number]): ShownPipeline {
  const jobs = workflowsOf(circleci, pipeline).flatMap((workflow) => jobsOf(circleci, workflow));
  const { id, number, repository, branch, sha, subject, createdAt: time, error } = pipeline;
  return {
    ...{ id, number, repository, branch, subject, time },
    commit: sha.slice(0, 7),
    status: error === undefined ? workflowStatus(jobs) : "error",
    ...(error !== undefined && { error }),
    jobs: jobs.map(showJob),
  };
}

function showJob({ number, name, status, explanation, startedAt, stoppedAt }: Job): ShownJob {
  const seconds =
    startedAt && stoppedAt ? Math.round((Date.parse(stoppedAt) - Date.parse(startedAt)) / 1000) : undefined;
  return {
    ...{ number, name, status },
    ...(explanation !== undefined && { explanation }),
    ...(seconds !== undefined && { seconds }),
  };
}
