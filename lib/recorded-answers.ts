/**
 * What the program asks of the world besides its resources: a registry, another service. A run may write the answers
 * down, and a run that can reach nobody is given what another one wrote.
 */
import { appendFileSync, readFileSync } from "node:fs";

/** Names a file that each question and its answer are appended to. */
const RECORD = "DELIVERY_RECORD_ANSWERS";
/** Names such a file: from it, and from nowhere else, answers come. */
const RECORDED = "DELIVERY_RECORDED_ANSWERS";

/**
 * Asks, or looks up what was answered.
 * @param question what is asked, in words that tell it from every other question.
 * @returns undefined when only recorded answers count and there is none.
 * @throws what `ask` throws.
 */
export async function answerTo<Answer>(
  question: string,
  ask: () => Promise<Answer>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Answer | undefined> {
  const recorded = environment[RECORDED];
  if (recorded) return answersIn(recorded).get(question) as Answer | undefined;
  const answer = await ask();
  const record = environment[RECORD];
  if (record) appendFileSync(record, `${JSON.stringify([question, answer])}\n`, { mode: 0o600 });
  return answer;
}

function answersIn(file: string): Map<string, unknown> {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return new Map(lines.map((line) => JSON.parse(line) as [string, unknown]));
}
