/** The variables of a job: CircleCI's own, the project's, its contexts' ("Project values and variables"). */
import type { Circleci } from "../circleci.ts";
import type { Context, Project } from "../model.ts";
import { jobUrl } from "./checks.ts";
import type { PlannedJob } from "./config.ts";
import type { Job, Pipeline } from "./model.ts";
import type { PipelineSource } from "./source.ts";

/** Variables by name. */
export type Variables = Readonly<Record<string, string>>;

/** The secrets that a job may read, or why it may not. */
export function secretVariables(
  circleci: Circleci,
  project: Project,
  { contexts }: Pick<PlannedJob, "contexts">,
): Variables | { readonly refused: string } {
  const values: Record<string, string> = {};
  for (const { name, value } of circleci.projectVariables.list(({ projectId }) => projectId === project.id))
    values[name] = value;
  for (const name of contexts) {
    const context = circleci.contexts.find((one) => one.name === name && one.organizationId === project.organizationId);
    if (!context) return { refused: `there is no context ${name}` };
    const reason = refusal(circleci, context, project);
    if (reason) return { refused: reason };
    for (const variable of circleci.contextVariables.list(({ contextId }) => contextId === context.id))
      values[variable.name] = variable.value;
  }
  return values;
}

/** One restriction to projects is met by any of those; an expression is not evaluated here, and so not met. */
function refusal(circleci: Circleci, context: Context, project: Project): string | undefined {
  const restrictions = circleci.contextRestrictions.list(({ contextId }) => contextId === context.id);
  const projects = restrictions.filter(({ type }) => type === "project");
  if (projects.length > 0 && !projects.some(({ value }) => value === project.id))
    return `the context ${context.name} is restricted to other projects`;
  if (restrictions.some(({ type }) => type === "expression"))
    return `the sandbox does not evaluate the expression that restricts the context ${context.name}`;
  return undefined;
}

/** What CircleCI says of the job by itself ("Project values and variables": built-in environment variables). */
export function builtIn(circleci: Circleci, source: PipelineSource, pipeline: Pipeline, job: Job): Variables {
  const [owner = "", name = ""] = pipeline.repository.split("/");
  const pull = source.pullRequestOf(pipeline.repository, pipeline.branch);
  return {
    CI: "true",
    CIRCLECI: "true",
    CIRCLE_BRANCH: pipeline.branch,
    CIRCLE_BUILD_NUM: String(job.number),
    CIRCLE_BUILD_URL: jobUrl(circleci, pipeline, job),
    CIRCLE_JOB: job.name,
    CIRCLE_PIPELINE_ID: pipeline.id,
    CIRCLE_PROJECT_REPONAME: name,
    CIRCLE_PROJECT_USERNAME: owner,
    CIRCLE_REPOSITORY_URL: source.webUrl(pipeline.repository),
    CIRCLE_SHA1: pipeline.sha,
    CIRCLE_WORKFLOW_ID: job.workflowId,
    CIRCLE_WORKFLOW_JOB_ID: job.id,
    ...(pull && { CIRCLE_PULL_REQUEST: pull, CIRCLE_PULL_REQUESTS: pull }),
  };
}
