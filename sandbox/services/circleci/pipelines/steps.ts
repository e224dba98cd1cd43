/** The steps of a job, those of reusable commands put in their place. */
import { z } from "zod";

/** One step. */
export type Step =
  | {
      readonly kind: "run";
      readonly name: string;
      readonly command: string;
      readonly environment: Readonly<Record<string, string>>;
      readonly workingDirectory: string | undefined;
    }
  | { readonly kind: "checkout"; readonly name: string; readonly path: string | undefined }
  /** What has no effect here, and why that is as good. */
  | { readonly kind: "nothing"; readonly name: string; readonly explanation: string };

/** The steps, and what in them is not understood. */
export interface ExpandedSteps {
  readonly steps: readonly Step[];
  readonly notUnderstood: readonly string[];
}

/** A reusable command's definition. */
export interface CommandDefinition {
  readonly steps: readonly GivenStep[];
  readonly [other: string]: unknown;
}

type GivenStep = string | Readonly<Record<string, unknown>>;

const run = z.union([z.string().transform((command) => ({ command })), z.looseObject({ command: z.string() })]).pipe(
  z.looseObject({
    command: z.string(),
    name: z.string().optional(),
    environment: z.record(z.string(), z.coerce.string()).optional(),
    working_directory: z.string().optional(),
    no_output_timeout: z.string().optional(),
  }),
);
const KNOWN_OF_RUN = ["command", "name", "environment", "working_directory", "no_output_timeout"];
const checkout = z.looseObject({ path: z.string().optional() });

/** Steps that run nothing of the team's. */
const WITHOUT_EFFECT: Readonly<Record<string, readonly [name: string, explanation: string]>> = {
  restore_cache: [
    "Restore the cache",
    "Nothing is cached here: what is installed is downloaded, or found by its tool.",
  ],
  save_cache: ["Save the cache", "Nothing is cached here."],
  store_test_results: ["Upload the test results", "The results stay in the job's log."],
  setup_remote_docker: ["Set up remote Docker", "The job builds with the container engine that is here already."],
};
const DEPTH = 10;

/** Expands the steps of a job. @param commandOf a reusable command by its name. */
export function stepsOf(
  given: readonly GivenStep[],
  commandOf: (name: string) => CommandDefinition | undefined,
  depth = 0,
): ExpandedSteps {
  const expanded = given.map((one) => expand(one, commandOf, depth));
  return {
    steps: expanded.flatMap(({ steps }) => steps),
    notUnderstood: expanded.flatMap(({ notUnderstood }) => notUnderstood),
  };
}

function expand(
  given: GivenStep,
  commandOf: (name: string) => CommandDefinition | undefined,
  depth: number,
): ExpandedSteps {
  const [[name, settings] = ["", undefined]] =
    typeof given === "string" ? [[given, undefined] as const] : Object.entries(given);
  const unknown = { steps: [], notUnderstood: [`step ${name}`] };
  if (name === "run") return runStep(settings);
  if (name === "checkout") {
    const { path, ...others } = checkout.parse(settings ?? {});
    const notUnderstood = Object.keys(others).map((key) => `step checkout: ${key}`);
    return { steps: [{ kind: "checkout", name: "Checkout code", path }], notUnderstood };
  }
  const idle = WITHOUT_EFFECT[name];
  if (idle) return { steps: [{ kind: "nothing", name: idle[0], explanation: idle[1] }], notUnderstood: [] };
  const command = commandOf(name);
  const others = Object.keys(command ?? {}).filter((key) => key !== "steps" && key !== "description");
  if (!command || others.length > 0 || settings !== undefined || depth > DEPTH) return unknown;
  return stepsOf(command.steps, commandOf, depth + 1);
}

function runStep(settings: unknown): ExpandedSteps {
  const parsed = run.safeParse(settings);
  if (!parsed.success) return { steps: [], notUnderstood: ["step run without a command"] };
  const { command, name, environment = {}, working_directory: workingDirectory, ...others } = parsed.data;
  const unknown = Object.keys(others).filter((key) => !KNOWN_OF_RUN.includes(key));
  const values = Object.entries(environment).map(([key, value]) => [key, plainText(value)]);
  return {
    steps: [
      {
        kind: "run",
        name: plainText(name ?? command),
        command: plainText(command),
        environment: Object.fromEntries(values),
        workingDirectory,
      },
    ],
    notUnderstood: [
      ...unknown.map((key) => `step run: ${key}`),
      ...[command, name ?? "", ...Object.values(environment)].flatMap(expressionIn),
    ],
  };
}

/** An expression of CircleCI's own in a text: `<<` without a backslash before it. */
export function expressionIn(text: string): string[] {
  return [...text.matchAll(/(?<!\\)<<[^>]*>>/g)].map(([expression]) => `expression ${expression}`);
}

/** A text as CircleCI hands it on ("Reusable configuration reference guide": `\<<` is `<<`). */
export function plainText(text: string): string {
  return text.replaceAll("\\<<", "<<");
}
