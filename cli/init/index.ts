/** `delivery init`, without its command line: answers, checked with the program's schema, become a stack's file. */
import { onStack } from "../../lib/stack-commands.ts";
import { oneLine } from "../report/values/clean.ts";
import { UserError } from "../user-error.ts";
import type { ListAccounts, Listed } from "./accounts.ts";
import { checkedAnswer, exampleOf } from "./answer.ts";
import { applicationNotes } from "./application-notes.ts";
import { chosenBackend } from "./backend.ts";
import { checkoutOf } from "./checkout.ts";
import { existingApplication } from "./existing-application.ts";
import { existingPipeline, type SeenChecks } from "./existing-pipeline.ts";
import { type Answers, OWNER, type Question, questionsFor } from "./questions.ts";
import { settingsOf } from "./settings.ts";
import { openStackFile } from "./stack-file.ts";
import { nextSteps, type Step } from "./steps.ts";

/** Asks one question, with the answer that is offered and the accounts among which it is chosen. */
export type Ask = (question: Question, fallback: string | undefined, listed: Listed | undefined) => Promise<string>;

/** What is to be done. */
export interface InitRequest {
  /** The folder of Pulumi.yaml. */
  readonly folder: string;
  readonly stack: string;
  /** Answers that are given already, and any other key below `delivery:`. */
  readonly given: Answers;
  /** Asks a person; undefined where there is none. */
  readonly ask: Ask | undefined;
  /** Whether the offered answer counts for a question that nobody has answered. */
  readonly takeDefaults: boolean;
  /** Whether the settings of a chain that the file has are written anew. */
  readonly force: boolean;
  /** Looks up what a repository's pull requests have to pass today; undefined where GitHub cannot be asked. */
  readonly seenChecks?: SeenChecks | undefined;
  /** Lists the accounts of the tokens that are there. */
  readonly listAccounts?: ListAccounts | undefined;
  /** What it has already is no step to come. */
  readonly env: NodeJS.ProcessEnv;
}

/** What was done. */
export interface InitResult {
  readonly file: string;
  /** The settings that were written, by full key. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The commands that come next, in their order. */
  readonly next: readonly string[];
  /** The same commands by what they are for. */
  readonly steps: readonly Step[];
  /** What a person should know of what was found. */
  readonly notes: readonly string[];
}

/**
 * Writes the stack's file. Nothing is written unless every answer is there and accepted.
 * @throws UserError that names every missing or refused answer, or why the file cannot be written.
 */
export async function init(request: InitRequest): Promise<InitResult> {
  const file = await openStackFile(request.folder, request.stack, request.force);
  const answers: Record<string, string> = { ...request.given };
  const fromEnvironment: string[] = [];
  const missing = new Map<string, string>();
  const questions = questionsFor(request.stack);
  // First what is given, so that nobody answers for nothing.
  checkedValues(request.given, request.stack);
  for (const question of questions) {
    const { key, applies, fallback } = question;
    if (answers[key] !== undefined || applies?.(answers) === false) continue;
    const named = key === OWNER && file.owner === undefined ? ownerNamed(request.env) : undefined;
    if (named !== undefined) {
      answers[key] = named;
      fromEnvironment.push(`${OWNER} is ${named}, as GITHUB_OWNER says.`);
      continue;
    }
    const listed = await request.listAccounts?.(key);
    const offered = among(listed, key === OWNER ? file.owner : fallback?.(answers));
    const answer = request.takeDefaults ? offered : await request.ask?.(question, offered, listed);
    if (answer !== undefined) answers[key] = answer;
    // What would follow from the owner is not missing by itself.
    else if (!(request.takeDefaults && fallback && missing.has(OWNER)))
      missing.set(key, missingLine(question, offered, listed));
  }
  if (missing.size > 0) throw missingAnswers([...missing.values()], request.takeDefaults);

  const values = checkedValues({ ...asked(questions, answers), ...answers }, request.stack);
  const existing = await existingPipeline(request.folder, answers, request.seenChecks);
  const found = existingApplication(request.folder, answers);
  const settings = settingsOf(new Map([...values, ...found, ...existing.settings]));
  const ofFiles = await applicationNotes(request.folder, settings);
  await file.write(settings);
  const { stack, env } = request;
  const [checkout, backend] = await Promise.all([
    checkoutOf(request.folder, answers["application.path"] ?? ".", env),
    chosenBackend(env),
  ]);
  const steps = nextSteps({ stack, settings, file, checkout, backend, env });
  const next = steps.flatMap(({ commands }) => commands);
  const notes = [...fromEnvironment, ...ofFiles.map((note) => onStack(note, stack)), ...existing.notes];
  return { file: file.path, config: Object.fromEntries(settings), next, steps, notes };
}

/** Who owns the repository, where the environment says so, which GitHub's plugin reads, too ("GitHub Provider", owner). */
function ownerNamed(env: NodeJS.ProcessEnv): string | undefined {
  return env["GITHUB_OWNER"] || undefined;
}

/** What is offered: of listed accounts the one that would be guessed, or the only one. */
function among(listed: Listed | undefined, guess: string | undefined): string | undefined {
  if (!listed || listed.accounts.length === 0) return guess;
  const values: string[] = listed.accounts.map(({ value }) => value);
  if (guess !== undefined && values.includes(guess)) return guess;
  return values.length === 1 ? values[0] : undefined;
}

/** The answers to the questions, in the order of these. */
function asked(questions: readonly Question[], answers: Answers): Answers {
  const entries = questions.map(({ key }) => [key, answers[key]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The values that the answers stand for. */
function checkedValues(answers: Answers, stack: string): Map<string, unknown> {
  const problems: string[] = [];
  const values = new Map<string, unknown>();
  for (const [key, answer] of Object.entries(answers)) {
    const checked = checkedAnswer(key, answer);
    if (checked.problem === undefined) values.set(key, checked.value);
    else problems.push(`  ${key} ${checked.problem}\n      ${onStack(checked.mend, stack)}`);
  }
  if (problems.length > 0)
    throw new UserError(
      `Not every answer is accepted; nothing was written.\n\n${problems.join("\n")}\n`,
      "Give these anew.",
    );
  return values;
}

function missingLine({ key, text }: Question, offered: string | undefined, listed: Listed | undefined): string {
  const note = offered === undefined ? "" : ` [${offered || "none"}]`;
  const accounts = listed?.accounts.map(({ value, name }) => `\n      ${oneLine(name)}: --set ${key}=${value}`) ?? [];
  const unlisted = listed?.note === undefined ? "" : `; ${listed.note}`;
  const example = `\n      --set ${key}=${offered || exampleOf(key)}`;
  return `  ${key}: ${text}${note}${unlisted}${accounts.length > 0 ? accounts.join("") : example}`;
}

function missingAnswers(missing: readonly string[], takeDefaults: boolean): UserError {
  const hint = takeDefaults ? "" : " or --yes to take what stands in brackets,";
  const nextStep = `Give each with --set,${hint} or run this on a terminal, which asks.`;
  return new UserError(`These answers are missing; nothing was written.\n\n${missing.join("\n")}\n`, nextStep);
}
