/** This repository's own `.circleci/config.yml`, with its commands put in place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { projectRoot } from "../../../sandbox/paths.ts";

const step = z.union([z.string(), z.record(z.string(), z.unknown())]);
const filters = z.object({ branches: z.object({ only: z.array(z.string()), ignore: z.array(z.string()) }).partial() });
const invocation = z.object({
  type: z.literal("approval").optional(),
  requires: z.array(z.string()).default([]),
  context: z.array(z.string()).default([]),
  filters: filters.optional(),
});
const file = z.object({
  executors: z.record(
    z.string(),
    z.object({
      docker: z.array(z.object({ image: z.string() })).optional(),
      environment: z.record(z.string(), z.string()),
    }),
  ),
  commands: z.record(z.string(), z.object({ steps: z.array(step) })),
  jobs: z.record(z.string(), z.object({ executor: z.string(), steps: z.array(step) })),
  workflows: z.record(
    z.string(),
    z.object({
      when: z.string().optional(),
      unless: z.string().optional(),
      jobs: z.array(z.union([z.string(), z.record(z.string(), invocation)])),
    }),
  ),
});
const run = z.union([
  z.string().transform((command) => ({ name: command, command })),
  z.object({ name: z.string(), command: z.string() }),
]);

/** Text of the file. */
export const pipelineText = readFileSync(join(projectRoot, ".circleci", "config.yml"), "utf8");

const { commands, ...rest } = file.parse(parse(pipelineText, { merge: true }));

/** What the file says of its executors. */
export const { executors } = rest;

/** Where a workflow runs a job. */
export interface Invocation extends z.output<typeof invocation> {
  readonly job: string;
}

/** A shell step of a job. */
export type Run = z.output<typeof run>;

/** The steps of a job other than `checkout`, each with its one key, those of commands included. */
export function stepsOf(job: string): readonly (readonly [kind: string, settings: unknown])[] {
  const expand = (steps: readonly z.output<typeof step>[]): [string, unknown][] =>
    steps.flatMap((entry) => {
      if (typeof entry !== "string") return Object.entries(entry);
      return entry === "checkout" ? [] : expand(commands[entry]?.steps ?? fail(`There is no command ${entry}.`));
    });
  return expand((rest.jobs[job] ?? fail(`There is no job ${job}.`)).steps);
}

/** The shell steps of a job. */
export function runsOf(job: string): readonly Run[] {
  return stepsOf(job).flatMap(([kind, settings]) => (kind === "run" ? [run.parse(settings)] : []));
}

/** Names of all jobs. */
export const jobNames = Object.keys(rest.jobs);

/** The workflows: when they run, and what. */
export const workflows = Object.fromEntries(
  Object.entries(rest.workflows).map(([name, { jobs, ...when }]) => [
    name,
    {
      ...when,
      jobs: jobs.flatMap((entry): Invocation[] =>
        typeof entry === "string"
          ? [{ job: entry, ...invocation.parse({}) }]
          : Object.entries(entry).map(([job, settings]) => ({ job, ...settings })),
      ),
    },
  ]),
);

/** The executor that a job runs on. */
export function executorOf(job: string): string {
  return (rest.jobs[job] ?? fail(`There is no job ${job}.`)).executor;
}

function fail(message: string): never {
  throw new Error(message);
}
