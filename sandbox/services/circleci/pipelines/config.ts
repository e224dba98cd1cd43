/**
 * The pipeline's file, expanded to the jobs that a push runs. It understands what the delivery chain writes. Whatever
 * else stands in a file is named, and what depends on it is not run ("Configuration reference").
 */
import { parse } from "yaml";
import { z } from "zod";
import { branchMatches } from "./filters.ts";
import { expressionIn, plainText, type Step, stepsOf } from "./steps.ts";

/** A job as a workflow runs it. */
export interface PlannedJob {
  /** Also that of the check. */
  readonly name: string;
  readonly requires: readonly string[];
  readonly contexts: readonly string[];
  /** Jobs of one group run one after the other. */
  readonly serialGroup: string | undefined;
  /** The first is where the steps run, the others are services beside it. */
  readonly images: readonly ServiceImage[];
  readonly resourceClass: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Below the checkout's parent, which `~` stands for. */
  readonly workingDirectory: string;
  readonly steps: readonly Step[];
  /** What the sandbox does not understand. A job with any of it is not run, and never green. */
  readonly notUnderstood: readonly string[];
}

/** An image of an executor. */
export interface ServiceImage {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A workflow of the branch. */
export interface PlannedWorkflow {
  readonly name: string;
  readonly jobs: readonly PlannedJob[];
}

const texts = z.record(z.string(), z.coerce.string());
const image = z.looseObject({ image: z.string(), environment: texts.optional() });
const step = z.union([z.string(), z.record(z.string(), z.unknown())]);
const executor = z.looseObject({
  docker: z.array(image).optional(),
  resource_class: z.string().optional(),
  environment: texts.optional(),
  working_directory: z.string().optional(),
});
const job = executor.extend({
  executor: z.union([z.string(), z.looseObject({ name: z.string() })]).optional(),
  steps: z.array(step).optional(),
});
const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const branches = z.looseObject({ only: oneOrMore.optional(), ignore: oneOrMore.optional() });
const invocation = z.looseObject({
  name: z.string().optional(),
  requires: z.array(z.unknown()).default([]),
  context: oneOrMore.default([]),
  filters: z.looseObject({ branches: branches.optional() }).optional(),
  "serial-group": z.string().optional(),
});
const workflow = z.looseObject({ jobs: z.array(z.union([z.string(), z.record(z.string(), invocation.nullable())])) });
const file = z.looseObject({
  version: z.union([z.string(), z.number()]),
  executors: z.record(z.string(), executor).default({}),
  commands: z.record(z.string(), z.looseObject({ steps: z.array(step) })).default({}),
  jobs: z.record(z.string(), job),
  workflows: z.record(z.string(), z.union([workflow, z.number(), z.string()])),
});

type File = z.output<typeof file>;

/** Keys that are understood; any other is named. */
const KNOWN = {
  file: ["version", "executors", "commands", "jobs", "workflows"],
  executor: ["docker", "resource_class", "environment", "working_directory"],
  image: ["image", "environment", "name"],
  invocation: ["name", "requires", "context", "filters", "serial-group"],
} as const;

/**
 * The workflows with the jobs that run on a branch.
 * @throws Error with every problem when the file is not one of CircleCI's.
 */
export function expandConfig(text: string, branch: string): PlannedWorkflow[] {
  const parsed = file.safeParse(parse(text, { merge: true }));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const config = parsed.data;
  const ofFile = unknownKeys(config, KNOWN.file, "");
  return Object.entries(config.workflows).flatMap(([name, one]) => {
    // `version: 2` may stand among the workflows.
    if (typeof one !== "object") return [];
    const ofWorkflow = unknownKeys(one, ["jobs"], `workflow ${name}: `);
    const jobs = one.jobs.flatMap((entry) => {
      const [[id, settings] = ["", null]] =
        typeof entry === "string" ? [[entry, null] as const] : Object.entries(entry);
      const given = invocation.parse(settings ?? {});
      if (!branchMatches(given.filters?.branches, branch)) return [];
      return [planned(config, id, given, [...ofFile, ...ofWorkflow])];
    });
    return jobs.length > 0 ? [{ name, jobs }] : [];
  });
}

function planned(
  config: File,
  id: string,
  given: z.output<typeof invocation>,
  inherited: readonly string[],
): PlannedJob {
  const definition = config.jobs[id];
  const executorName = typeof definition?.executor === "object" ? definition.executor.name : definition?.executor;
  const shared = executorName === undefined ? undefined : config.executors[executorName];
  const docker = definition?.docker ?? shared?.docker ?? [];
  const expanded = stepsOf(definition?.steps ?? [], (name) => config.commands[name]);
  const environment = { ...shared?.environment, ...definition?.environment };
  const { requires, context, name, filters, "serial-group": serialGroup, ...others } = given;
  const notUnderstood = [
    ...inherited,
    ...(definition ? [] : [`job ${id}`]),
    ...(executorName !== undefined && !shared ? [`executor ${executorName}`] : []),
    ...(docker.length === 0 && definition ? ["an executor other than docker"] : []),
    ...unknownKeys(others, KNOWN.invocation, "workflow: "),
    ...unknownKeys(filters ?? {}, ["branches"], "filters: "),
    ...unknownKeys(definition ?? {}, [...KNOWN.executor, "executor", "steps"], ""),
    ...unknownKeys(shared ?? {}, KNOWN.executor, "executor: "),
    ...docker.flatMap((one) => unknownKeys(one, KNOWN.image, "docker: ")),
    ...requires.flatMap((one) => (typeof one === "string" ? [] : ["requires: other than names"])),
    ...expanded.notUnderstood,
    ...Object.values(environment).flatMap(expressionIn),
  ];
  return {
    name: name ?? id,
    requires: requires.filter((one) => typeof one === "string"),
    contexts: context,
    serialGroup,
    images: docker.map((one) => ({ image: one.image, environment: plain(one.environment ?? {}) })),
    resourceClass: definition?.resource_class ?? shared?.resource_class ?? "medium",
    environment: plain(environment),
    workingDirectory: definition?.working_directory ?? shared?.working_directory ?? "~/project",
    steps: expanded.steps,
    notUnderstood: [...new Set(notUnderstood)],
  };
}

function unknownKeys(value: object, known: readonly string[], where: string): string[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `${where}${key}`);
}

function plain(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plainText(value)]));
}
