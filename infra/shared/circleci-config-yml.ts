/**
 * The pipeline: one definition gives the file that CircleCI runs, the checks that the repository requires and the
 * variables that the context has to hold, so they cannot disagree.
 */
import circleci from "@circleci/circleci-config-sdk";
import { type CheckSurroundings, checkJobs } from "../../pipeline/check-jobs.ts";
import { type DeliveryPlaces, deliveryJob, type JobSurroundings } from "../../pipeline/delivery-job.ts";
import { deliveryAlone, type GeneratedConfig, readable } from "../../pipeline/readable-yaml.ts";
import { shellText, shellTexts } from "../../pipeline/shell-text.ts";
import { type ApplicationFacts, applicationFacts } from "../application/facts.ts";
import type { Configuration, PartOf } from "../config.ts";
import { deliveryOf } from "../delivery.ts";
import { type VariableAt, variablesAt } from "../variables.ts";
import { checkPlan } from "./check-plan.ts";
import { serviceContainers } from "./service-containers.ts";

const { Config, Workflow, commands, executors, reusable } = circleci;

/** What follows from the pipeline's definition. */
export interface PipelineFile {
  /** Content of `.circleci/config.yml`. */
  readonly yaml: string;
  /** Names under which CircleCI reports the jobs to GitHub ("Enable GitHub checks": `ci/circleci: <job>`). */
  readonly requiredChecks: readonly string[];
  /** Names of the variables that the jobs take from the context. */
  readonly contextVariables: readonly VariableAt<"context">[];
  /** The job that delivers and its place in a workflow, for a file that the team writes; undefined when none delivers. */
  readonly delivery?: { readonly context: string; readonly yaml: string } | undefined;
}

/** What the jobs go by besides the configuration. */
export interface PipelineSurroundings extends DeliveryPlaces {
  /** The application's folder from the repository's root. */
  readonly workingDirectory?: string;
  /** How the team works, from the application's files. */
  readonly facts?: ApplicationFacts;
  /** The Python that the Dockerfile names. */
  readonly python?: string | undefined;
}

type Settings = Pick<PartOf<"pipeline">, "branch" | "context"> & Partial<PartOf<"pipeline">>;
type Parts = Pick<Configuration, "image" | "errors"> & Partial<Pick<Configuration, "application">>;

/** The first line of every file that the chain has written. */
export const HEADER = "# Written by the delivery chain, from its folder pipeline/: an edit here is overwritten.\n";

/** For an application without a Dockerfile that names one. */
const PYTHON = "3.12";
const NO_FILES = applicationFacts({ paths: [], text: () => undefined });

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
  settings: Settings,
  { application, image, errors }: Parts,
  { workingDirectory = ".", facts = NO_FILES, python, ...places }: PipelineSurroundings = {},
): PipelineFile {
  const { branch, context, pythonVersion, resourceClass = "medium", services } = settings;
  const delivered = image && deliveryOf(image).builtBy === "pipeline" && context ? image : undefined;
  const contextVariables = context ? variablesAt("context", { errors, delivered }) : [];
  const cimg = `cimg/python:${pythonVersion ?? python ?? PYTHON}`;
  const beside = serviceContainers(services).map(({ image, name, command, environment }) => {
    const values = environment && shellTexts(environment);
    return {
      image,
      ...(name && { name }),
      ...(command && { command: command.map(shellText) }),
      ...(values && { environment: values }),
    };
  });
  const plain = new executors.DockerExecutor(cimg, resourceClass).toReusable("python");
  const full = new executors.DockerExecutor(cimg, resourceClass, undefined, beside).toReusable("python-with-services");
  const reused = beside.length > 0 ? full : plain;
  const surroundings: CheckSurroundings = {
    executor: plain.reuse(),
    withServices: reused.reuse(),
    ...folderSettings(workingDirectory),
  };
  const { jobs, install } = checkJobs(checkPlan(settings, application?.settingsModule, facts), surroundings);
  const checks = new Workflow("checks", jobs);
  const inContext = context ? jobs.filter(({ name }) => name === "settings") : [];
  for (const job of inContext)
    checks.addJob(job, { name: IN_CONTEXT, context: [context ?? ""], filters: { branches: { ignore: [FORKS] } } });
  const deliver = delivered && deliveryJob(surroundings, delivered, errors, places);
  if (deliver && context) {
    const requires = [...jobs.map((job) => job.name), ...inContext.map(() => IN_CONTEXT)];
    const filters = { branches: { only: [branch] } };
    // One after the other, so that an older commit is never deployed after a newer one.
    checks.addJob(deliver, { requires, context: [context], filters, "serial-group": `${context}/deliver` });
  }
  const all = deliver ? [...jobs, deliver] : jobs;
  const used = [plain, full].filter(({ name }) => all.some(({ executor }) => nameOf(executor) === name));
  const config = new Config(false, all, [checks], used, install ? [install] : []);
  const whole = config.generate(true) as unknown as GeneratedConfig;
  return {
    yaml: HEADER + readable(whole, branch),
    // With a context whose variables are not the chain's, something else may deploy.
    ...(deliver &&
      context &&
      settings.contextVariables !== "off" && { delivery: { context, yaml: deliveryAlone(whole) } }),
    requiredChecks: jobs.map((job) => `ci/circleci: ${job.name}`),
    contextVariables,
  };
}

function nameOf(executor: circleci.types.job.AnyExecutor): string | undefined {
  return executor instanceof reusable.ReusedExecutor ? executor.executor.name : undefined;
}

/** Each job starts in the application's folder, below the one that CircleCI checks out. */
function folderSettings(workingDirectory: string): Pick<JobSurroundings, "checkout" | "properties"> {
  const root = "~/project";
  if (workingDirectory === ".") return { checkout: new commands.Checkout(), properties: {} };
  const properties = { working_directory: `${root}/${workingDirectory}` };
  return { checkout: new commands.Checkout({ path: root }), properties };
}
