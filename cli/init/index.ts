/** `delivery init`, without its command line: answers, checked with the program's schema, become a stack's file. */
import { UserError } from "../user-error.ts";
import { checkedAnswer, exampleOf } from "./answer.ts";
import { existingApplication } from "./existing-application.ts";
import { existingPipeline, type SeenChecks } from "./existing-pipeline.ts";
import { type Answers, OWNER, type Question, questionsFor } from "./questions.ts";
import { settingsOf } from "./settings.ts";
import { openStackFile } from "./stack-file.ts";
import { nextSteps } from "./steps.ts";

/** What is to be done. */
export interface InitRequest {
  /** The folder of Pulumi.yaml. */
  readonly folder: string;
  readonly stack: string;
  /** Answers that are given already, and any other key below `delivery:`. */
  readonly given: Answers;
  /** Asks a person; undefined where there is none. */
  readonly ask: ((question: Question, fallback: string | undefined) => Promise<string>) | undefined;
  /** Whether the offered answer counts for a question that nobody has answered. */
  readonly takeDefaults: boolean;
  /** Whether the settings of a chain that the file has are written anew. */
  readonly force: boolean;
  /** Looks up what a repository's pull requests have to pass today; undefined where GitHub cannot be asked. */
  readonly seenChecks?: SeenChecks | undefined;
}

/** What was done. */
export interface InitResult {
  readonly file: string;
  /** The settings that were written, by full key. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The commands that come next. */
  readonly next: readonly string[];
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
  const missing = new Map<string, string>();
  const questions = questionsFor(request.stack);
  // First what is given, so that nobody answers for nothing.
  checkedValues(request.given);
  for (const question of questions) {
    const { key, applies, fallback } = question;
    if (answers[key] !== undefined || applies?.(answers) === false) continue;
    const offered = key === OWNER ? file.owner : fallback?.(answers);
    const answer = request.takeDefaults ? offered : await request.ask?.(question, offered);
    if (answer !== undefined) answers[key] = answer;
    // What would follow from the owner is not missing by itself.
    else if (!(request.takeDefaults && fallback && missing.has(OWNER)))
      missing.set(key, missingLine(question, offered));
  }
  if (missing.size > 0) throw missingAnswers([...missing.values()], request.takeDefaults);

  const values = checkedValues({ ...asked(questions, answers), ...answers });
  const existing = await existingPipeline(request.folder, answers, request.seenChecks);
  const application = existingApplication(request.folder, answers);
  const settings = settingsOf(new Map([...values, ...application.settings, ...existing.settings]));
  await file.write(settings);
  const next = nextSteps(request.stack, settings, file);
  return {
    file: file.path,
    config: Object.fromEntries(settings),
    next,
    notes: [...application.notes, ...existing.notes],
  };
}

/** The answers to the questions, in the order of these. */
function asked(questions: readonly Question[], answers: Answers): Answers {
  const entries = questions.map(({ key }) => [key, answers[key]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The values that the answers stand for. */
function checkedValues(answers: Answers): Map<string, unknown> {
  const problems: string[] = [];
  const values = new Map<string, unknown>();
  for (const [key, answer] of Object.entries(answers)) {
    const checked = checkedAnswer(key, answer);
    if (checked.problem === undefined) values.set(key, checked.value);
    else problems.push(`  ${key} ${checked.problem}\n      ${checked.mend}`);
  }
  if (problems.length > 0)
    throw new UserError(
      `Not every answer is accepted; nothing was written.\n\n${problems.join("\n")}\n`,
      "Give these anew.",
    );
  return values;
}

function missingLine({ key, text }: Question, offered: string | undefined): string {
  const note = offered === undefined ? "" : ` [${offered || "none"}]`;
  return `  ${key}: ${text}${note}\n      --set ${key}=${offered || exampleOf(key)}`;
}

function missingAnswers(missing: readonly string[], takeDefaults: boolean): UserError {
  const hint = takeDefaults ? "" : " or --yes to take what stands in brackets,";
  const nextStep = `Give each with --set,${hint} or run this on a terminal, which asks.`;
  return new UserError(`These answers are missing; nothing was written.\n\n${missing.join("\n")}\n`, nextStep);
}
