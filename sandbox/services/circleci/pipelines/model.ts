/** What emulated CircleCI remembers of pipelines. */

/** What a push has started. */
export interface Pipeline {
  readonly id: string;
  readonly number: number;
  readonly projectId: string;
  /** GitHub's owner/name. */
  readonly repository: string;
  readonly branch: string;
  readonly sha: string;
  readonly subject: string;
  readonly createdAt: string;
  /** Why there are no workflows. */
  readonly error?: string;
}

/** One of its workflows. */
export interface Workflow {
  readonly id: string;
  readonly pipelineId: string;
  readonly name: string;
  readonly createdAt: string;
}

/** How a job stands, in the words of CircleCI's API v2. */
export type JobStatus =
  | "blocked"
  | "queued"
  | "running"
  | "success"
  | "failed"
  | "not_run"
  | "canceled"
  | "unauthorized";

/** A job that runs, or has run. */
export interface Job {
  readonly id: string;
  readonly number: number;
  readonly workflowId: string;
  readonly pipelineId: string;
  readonly name: string;
  readonly requires: readonly string[];
  readonly contexts: readonly string[];
  readonly resourceClass: string;
  readonly status: JobStatus;
  /** Why it did not run, or what it waits for. */
  readonly explanation?: string;
  readonly queuedAt: string;
  readonly startedAt?: string;
  readonly stoppedAt?: string;
  readonly steps: readonly JobStep[];
}

/** A step of a job. Its output is kept apart, by the job's id and the step's place. */
export interface JobStep {
  readonly name: string;
  readonly status: "running" | "success" | "failed" | "not_run";
  readonly startedAt: string;
  readonly stoppedAt?: string;
  readonly exitCode?: number;
}

/** What a step has written. */
export interface StepOutput {
  readonly jobId: string;
  readonly step: number;
  readonly text: string;
}
