/** Runs a pipeline for every push to a repository whose project is followed. */
import pLimit from "p-limit";
import type { Circleci } from "../circleci.ts";
import { uuidOf } from "../identity.ts";
import type { Project } from "../model.ts";
import { followRenames } from "../slugs.ts";
import { reportCheck } from "./checks.ts";
import { expandConfig, type PlannedJob, type PlannedWorkflow } from "./config.ts";
import { builtIn, secretVariables } from "./environment.ts";
import { outputKeeper } from "./job-output.ts";
import type { JobRunner } from "./job-runner.ts";
import type { Job, Pipeline } from "./model.ts";
import { isOver } from "./records.ts";
import type { PipelineSource } from "./source.ts";

/** Jobs that run at the same time; each is a build or a test of the whole site. */
const AT_ONCE = 2;
const FILE = ".circleci/config.yml";
/** "Skip and cancel jobs and workflows": in the first 250 characters of the message. */
const SKIPPED = /\[(ci skip|skip ci)\]/;

/** Pipelines at work. */
export interface Pipelines {
  /** A branch of a repository has moved. Gives the pipeline; undefined when none starts. */
  pushed(repository: string, moved: { readonly branch: string; readonly sha: string }): Pipeline | undefined;
  /** Ends what runs. */
  close(): Promise<void>;
}

/** Opens them; what a sandbox that was stopped has left unfinished is canceled. */
export function openPipelines(circleci: Circleci, source: PipelineSource, runner: JobRunner): Pipelines {
  const stopping = new AbortController();
  const limit = pLimit(AT_ONCE);
  const running = new Set<Promise<void>>();
  const groups = new Map<string, Promise<void>>();
  const { signal } = stopping;
  cancelLeft(circleci, source);

  /** Stores how a job stands, and tells GitHub when it is another status. */
  const update = (pipeline: Pipeline, job: Job, change: Partial<Job>): Job => {
    const before = circleci.jobs.get(job.id) ?? job;
    const after = circleci.jobs.put(job.id, { ...before, ...change });
    if (before.status !== after.status) reportCheck(circleci, source, pipeline, after);
    return after;
  };

  const runJob = async (project: Project, pipeline: Pipeline, job: Job, plan: PlannedJob): Promise<void> => {
    if (signal.aborted) return;
    const end = (change: Partial<Job>): void => {
      update(pipeline, job, { ...change, stoppedAt: circleci.now() });
    };
    const unknown = [...plan.notUnderstood, ...runner.unknown(plan.images)];
    if (unknown.length > 0) {
      const explanation = `the sandbox does not know ${unknown.join(", ")}`;
      return end({ status: "not_run", explanation });
    }
    const secrets = secretVariables(circleci, project, plan);
    if (isRefusal(secrets)) return end({ status: "unauthorized", explanation: secrets.refused });
    update(pipeline, job, { status: "running", startedAt: circleci.now() });
    const output = outputKeeper(circleci, job.id, Object.values(secrets));
    try {
      const passed = await runner.run({
        id: job.id,
        images: plan.images,
        environment: {
          ...runner.environment,
          ...plan.environment,
          ...secrets,
          ...builtIn(circleci, source, pipeline, job),
        },
        workingDirectory: plan.workingDirectory,
        steps: plan.steps,
        checkout: { url: source.cloneUrl(pipeline.repository), sha: pipeline.sha, branch: pipeline.branch },
        signal,
        onStep: (index) => {
          const steps = circleci.jobs.get(job.id)?.steps ?? [];
          const name = plan.steps[index]?.name ?? "";
          update(pipeline, job, { steps: [...steps, { name, status: "running", startedAt: circleci.now() }] });
        },
        onOutput: output.add,
        onStepEnd: (index, exitCode) => {
          output.flush();
          const steps = (circleci.jobs.get(job.id)?.steps ?? []).map((step, place) =>
            place === index
              ? { ...step, exitCode, stoppedAt: circleci.now(), status: exitCode === 0 ? "success" : "failed" }
              : step,
          );
          update(pipeline, job, { steps: steps as Job["steps"] });
        },
      });
      end({ status: passed ? "success" : "failed" });
    } catch (error) {
      if (signal.aborted) return;
      end({ status: "failed", explanation: error instanceof Error ? error.message : String(error) });
    } finally {
      output.flush();
    }
  };

  const runWorkflow = (project: Project, pipeline: Pipeline, { name, jobs: plans }: PlannedWorkflow): void => {
    const createdAt = circleci.now();
    const id = uuidOf(`workflow ${pipeline.id} ${name}`);
    circleci.workflows.put(id, { id, pipelineId: pipeline.id, name, createdAt });
    const jobs = plans.map((plan): Job => {
      const number = circleci.store.next("job");
      return circleci.jobs.put(uuidOf(`job ${id} ${plan.name}`), {
        ...{ id: uuidOf(`job ${id} ${plan.name}`), number, workflowId: id, pipelineId: pipeline.id },
        ...{ name: plan.name, requires: plan.requires, contexts: plan.contexts, resourceClass: plan.resourceClass },
        ...{ status: plan.requires.length > 0 ? "blocked" : "queued", queuedAt: createdAt, steps: [] },
      });
    });
    for (const job of jobs) reportCheck(circleci, source, pipeline, job);
    const ends = new Map<string, Promise<void>>();
    // Each begins once those before it have ended; a circle among them is refused when the file is expanded.
    const endOf = (name: string): Promise<void> => {
      const known = ends.get(name);
      if (known) return known;
      const index = plans.findIndex((plan) => plan.name === name);
      const [plan, job] = [plans[index], jobs[index]];
      if (!plan || !job) return Promise.resolve();
      const waitsFor = Promise.withResolvers<void>();
      ends.set(name, waitsFor.promise);
      const work = Promise.all(plan.requires.map(endOf)).then(async () => {
        const failed = plan.requires.filter((one) => statusOf(one) !== "success");
        if (failed.length > 0) {
          const explanation = `it needs ${failed.join(", ")}, which did not pass`;
          update(pipeline, job, { status: "not_run", explanation, stoppedAt: circleci.now() });
          return;
        }
        update(pipeline, job, { status: "queued" });
        await inGroup(plan.serialGroup, () => limit(() => runJob(project, pipeline, job, plan)));
      });
      work.then(waitsFor.resolve, waitsFor.reject);
      return waitsFor.promise;
    };
    const statusOf = (name: string): Job["status"] | undefined => {
      const job = jobs.find((one) => one.name === name);
      return job && circleci.jobs.get(job.id)?.status;
    };
    for (const { name } of plans) {
      const work = endOf(name).catch((error: unknown) => circleci.log(`circleci: job ${name}: ${error}`));
      running.add(work);
      void work.then(() => running.delete(work));
    }
  };

  const inGroup = (group: string | undefined, work: () => Promise<void>): Promise<void> => {
    if (group === undefined) return work();
    const next = (groups.get(group) ?? Promise.resolve()).then(work);
    groups.set(
      group,
      next.catch(() => undefined),
    );
    return next;
  };

  return {
    pushed(repository, { branch, sha }) {
      followRenames(circleci);
      const project = circleci.projects.find((one) => one.followed && one.slug === `gh/${repository}`);
      const message = source.messageOf(repository, sha);
      if (!project || message === undefined || SKIPPED.test(message.slice(0, 250))) return undefined;
      const number = circleci.store.next(`pipeline ${project.id}`);
      const [subject = ""] = message.split("\n");
      const id = uuidOf(`pipeline ${project.id} ${number}`);
      const started = { id, number, projectId: project.id, repository, branch, sha, subject };
      const text = source.readFile(repository, sha, FILE);
      const plan = text === undefined ? { error: `There is no ${FILE} in this commit.` } : planOf(text, branch);
      const error = "error" in plan && { error: plan.error };
      const pipeline = circleci.pipelines.put(id, { ...started, createdAt: circleci.now(), ...error });
      if ("workflows" in plan) for (const workflow of plan.workflows) runWorkflow(project, pipeline, workflow);
      return pipeline;
    },
    async close() {
      stopping.abort();
      await Promise.allSettled([...running]);
    },
  };
}

function isRefusal(secrets: ReturnType<typeof secretVariables>): secrets is { readonly refused: string } {
  return typeof secrets["refused"] === "string" && Object.keys(secrets).length === 1;
}

function planOf(text: string, branch: string): { workflows: PlannedWorkflow[] } | { error: string } {
  try {
    const workflows = expandConfig(text, branch);
    const circle = workflows.flatMap(({ jobs }) => circleIn(jobs)).at(0);
    return circle ? { error: `The job ${circle} waits for itself.` } : { workflows };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** A job that requires itself, by others. */
function circleIn(jobs: readonly PlannedJob[]): string[] {
  const requiresOf = (name: string): readonly string[] => jobs.find((job) => job.name === name)?.requires ?? [];
  return jobs.flatMap(({ name }) => {
    const seen = new Set(requiresOf(name));
    for (const next of seen) for (const one of requiresOf(next)) seen.add(one);
    return seen.has(name) ? [name] : [];
  });
}

function cancelLeft(circleci: Circleci, source: PipelineSource): void {
  for (const job of circleci.jobs.list((one) => !isOver(one))) {
    const pipeline = circleci.pipelines.get(job.pipelineId);
    const explanation = "the sandbox was stopped while it ran";
    const steps = job.steps.map((step) => (step.status === "running" ? { ...step, status: "not_run" as const } : step));
    const canceled: Job = { ...job, steps, status: "canceled", explanation, stoppedAt: circleci.now() };
    circleci.jobs.put(job.id, canceled);
    if (pipeline) reportCheck(circleci, source, pipeline, canceled);
  }
}
