/** `delivery doctor`, without its command line: what is known of the stack, then every check that applies. */
import type { CommandContext } from "../command-context.ts";
import type { Progress } from "../progress.ts";
import { circleciReader } from "../services/circleci.ts";
import { githubReader } from "../services/github.ts";
import type { Reader } from "../services/reader.ts";
import { renderReader } from "../services/render.ts";
import { sentryReader } from "../services/sentry.ts";
import { UserError } from "../user-error.ts";
import type { Readers } from "./check.ts";
import { checks } from "./checks/index.ts";
import { cleanText, secretsOf } from "./clean.ts";
import { type Diagnosis, diagnosisOf } from "./diagnosis.ts";
import type { Facts } from "./facts.ts";
import { gatherFacts } from "./gather.ts";
import { runChecks } from "./run.ts";

export type { Diagnosis } from "./diagnosis.ts";

/** The engine starts several times to read the stack, on a machine that may be busy: at least so long it gets. */
const READING_MS = 60_000;

/** What is to be looked at. */
export interface DoctorRequest {
  readonly context: CommandContext;
  readonly progress: Progress;
  /** The stack; undefined for the one that is selected. */
  readonly stack: string | undefined;
  /** How long each check may take. */
  readonly limitMs: number;
}

/** Looks at everything that the stack's first `up` depends on. Reads only. Throws the signal's reason when aborted. */
export async function examine({ context, progress, stack, limitMs }: DoctorRequest): Promise<Diagnosis> {
  const facts = await progress.step("Reading the stack", () =>
    factsInTime(context, stack, Math.max(limitMs, READING_MS)),
  );
  const env = { ...context.env, ...facts.addresses };
  const ended = new AbortController();
  const signal = AbortSignal.any([context.signal, ended.signal]);
  try {
    const checkContext = { facts, readers: readersOf(env, signal), env, signal };
    const rows = await progress.step("Asking the services", () => runChecks(checks, checkContext, limitMs));
    const secrets = secretsOf(env, facts.login?.password);
    return diagnosisOf(facts.stack, rows, (text) => cleanText(text, secrets));
  } finally {
    // What nobody waits for any more would keep the process alive.
    ended.abort();
  }
}

/** A backend that gives no answer would keep the engine waiting. */
async function factsInTime(context: CommandContext, stack: string | undefined, limitMs: number): Promise<Facts> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    return await gatherFacts({ ...context, signal: AbortSignal.any([context.signal, limit]) }, stack);
  } catch (error) {
    context.signal.throwIfAborted();
    if (!limit.aborted) throw error;
    const nextStep = "Check that the backend can be reached, or give it longer with --timeout.";
    throw new UserError(`The stack could not be read within ${limitMs / 1000} s.`, nextStep, { cause: error });
  }
}

/** One reader of each service, made when it is first asked for. */
export function readersOf(env: NodeJS.ProcessEnv, signal: AbortSignal): Readers {
  const once = (make: (env: NodeJS.ProcessEnv, signal: AbortSignal) => Reader): (() => Reader) => {
    let reader: Reader | undefined;
    return () => {
      reader ??= make(env, signal);
      return reader;
    };
  };
  return {
    github: once(githubReader),
    circleci: once(circleciReader),
    sentry: once(sentryReader),
    render: once(renderReader),
  };
}
