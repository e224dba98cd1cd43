/** How a job is reported to GitHub, as CircleCI words it ("ci/circleci: <job>"). */
import type { Circleci } from "../circleci.ts";
import type { Job, Pipeline } from "./model.ts";
import type { CheckStatus, PipelineSource } from "./source.ts";

const WORDS: Readonly<Record<Job["status"], readonly [state: CheckStatus["state"], description: string]>> = {
  blocked: ["pending", "CircleCI is waiting for other jobs"],
  queued: ["pending", "CircleCI is running your tests"],
  running: ["pending", "CircleCI is running your tests"],
  success: ["success", "Your tests passed on CircleCI!"],
  failed: ["failure", "Your tests failed on CircleCI"],
  not_run: ["error", "Not run"],
  canceled: ["error", "Your CircleCI tests were canceled"],
  unauthorized: ["error", "A context refused this job"],
};
/** GitHub takes no longer description. */
const LONGEST = 140;

/** Sets the commit's status. */
export function reportCheck(circleci: Circleci, source: PipelineSource, pipeline: Pipeline, job: Job): void {
  const [state, words] = WORDS[job.status];
  const description = job.status === "not_run" && job.explanation ? `${words}: ${job.explanation}` : words;
  source.setStatus(pipeline.repository, pipeline.sha, {
    state,
    context: `ci/circleci: ${job.name}`,
    description: description.slice(0, LONGEST),
    targetUrl: jobUrl(circleci, pipeline, job),
  });
}

/** Address of a job's page. */
export function jobUrl({ baseUrl }: Circleci, { repository, number }: Pipeline, job: Job): string {
  return `${baseUrl}/pipelines/github/${repository}/${number}/workflows/${job.workflowId}/jobs/${job.number}`;
}
