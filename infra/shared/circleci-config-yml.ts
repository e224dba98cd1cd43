/**
 * The pipeline: one definition gives the file that CircleCI runs, the checks that the repository requires and the
 * variables that the context has to hold, so they cannot disagree.
 */
import circleci from "@circleci/circleci-config-sdk";
import { checkJobs } from "../../pipeline/check-jobs.ts";
import {
  type DeliveryPlaces,
  type DeliveryVariableName,
  deliveryJob,
  deliveryVariables,
  type JobSurroundings,
} from "../../pipeline/delivery-job.ts";
import type { Configuration, PartOf } from "../config.ts";

const { Config, Workflow, commands, executors } = circleci;

/** What follows from the pipeline's definition. */
export interface PipelineFile {
  /** Content of `.circleci/config.yml`. */
  readonly yaml: string;
  /** Names under which CircleCI reports the jobs to GitHub ("Enable GitHub checks": `ci/circleci: <job>`). */
  readonly requiredChecks: readonly string[];
  /** Names of the variables that the jobs take from the context. */
  readonly contextVariables: readonly ContextVariableName[];
}

/** A variable that the pipeline may take from its context. */
export type ContextVariableName = "SENTRY_DSN" | "SENTRY_ENVIRONMENT" | DeliveryVariableName;

/** What lies where, as the jobs see it. */
export interface PipelinePlaces extends DeliveryPlaces {
  /** The application's folder from the repository's root. */
  readonly workingDirectory?: string;
}

/** The first line of every file that the chain has written. */
export const HEADER = "# Written by the delivery chain, from its folder pipeline/: an edit here is overwritten.\n";

/** The check of the settings that runs with the context's variables. */
const IN_CONTEXT = "environment-settings";
/** Names of the branches that CircleCI gives pull requests from forks ("Build open source projects"). */
const FORKS = "/pull\\/[0-9]+/";

/**
 * The pipeline: on every push lint, tests, and a check of the settings, which are what a pull request has to pass. None
 * of these takes a context: CircleCI refuses one to the author of a fork who is not in the organization, and a required
 * check that is never reported would block the merge for ever. With a context, the settings are checked once more as the
 * environment runs them, but for forks. Only with `image.delivery: continuous` it also builds an image of each commit
 * of the default branch and deploys it.
 */
export function pipelineFile(
  settings: PartOf<"pipeline">,
  { image, errors }: Pick<Configuration, "image" | "errors">,
  { workingDirectory = ".", ...places }: PipelinePlaces = {},
): PipelineFile {
  const { branch, context, pythonVersion } = settings;
  const delivered = image?.delivery === "continuous" && context ? image : undefined;
  const contextVariables: ContextVariableName[] = [
    ...(context && errors ? (["SENTRY_DSN", "SENTRY_ENVIRONMENT"] as const) : []),
    ...(delivered ? deliveryVariables(delivered, errors) : []),
  ];
  const python = new executors.DockerExecutor(`cimg/python:${pythonVersion}`, "medium");
  const surroundings: JobSurroundings = { executor: python, ...folderSettings(workingDirectory) };
  const { lint, test, settings: checkSettings } = checkJobs(surroundings);
  const jobs = [lint, test, checkSettings];
  const checks = new Workflow("checks", jobs);
  if (context) {
    const filters = { branches: { ignore: [FORKS] } };
    checks.addJob(checkSettings, { name: IN_CONTEXT, context: [context], filters });
  }
  const deliver = delivered && deliveryJob(surroundings, delivered, errors, places);
  if (deliver && context) {
    const requires = [...jobs.map((job) => job.name), IN_CONTEXT];
    const filters = { branches: { only: [branch] } };
    // One after the other, so that an older commit is never deployed after a newer one.
    checks.addJob(deliver, { requires, context: [context], filters, "serial-group": `${context}/deliver` });
  }
  return {
    yaml:
      HEADER + new Config(false, deliver ? [...jobs, deliver] : jobs, [checks]).stringify(undefined, { lineWidth: 0 }),
    requiredChecks: jobs.map((job) => `ci/circleci: ${job.name}`),
    contextVariables,
  };
}

/** Each job starts in the application's folder, below the one that CircleCI checks out. */
function folderSettings(workingDirectory: string): Pick<JobSurroundings, "checkout" | "properties"> {
  const root = "~/project";
  if (workingDirectory === ".") return { checkout: new commands.Checkout(), properties: {} };
  const properties = { working_directory: `${root}/${workingDirectory}` };
  return { checkout: new commands.Checkout({ path: root }), properties };
}
