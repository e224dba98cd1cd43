/**
 * `npm run bench`: how long a plugin takes to start, how much memory it takes, and how long a preview and the staging
 * of a large application take. Wall time
 * of a busy machine says little, so each number stands beside that of a baseline from the same run.
 */
import { terminalProgress } from "../../cli/progress.ts";
import { median } from "./median.ts";
import { measureStart, type Start, type Subject } from "./plugin-start.ts";
import { measurePreviews } from "./preview.ts";
import { measureStaging } from "./staging.ts";
import { emptyProcess, plugins, stockServer } from "./subjects.ts";
import { table } from "./table.ts";

const STARTS = 21;
const PREVIEWS = 7;
const STAGINGS = 3;
const STAGED_FILES = 50_000;
const TARGET = { answerMs: 150, memoryMb: 90, coldMs: 5_000, unchangedMs: 1_000 };

/** Medians of a subject's starts. */
interface Medians {
  readonly portMs: number;
  readonly answerMs: number | undefined;
  readonly memoryMb: number;
}

async function startMedians(subjects: readonly Subject[]): Promise<Map<Subject, Medians>> {
  // A plugin does not start without its token. None of them sends a request.
  const env = { ...process.env, RENDER_API_KEY: "none", CIRCLE_TOKEN: "none" };
  const starts = new Map<Subject, Start[]>(subjects.map((subject) => [subject, []]));
  // The first round fills the compile cache. The subjects take turns, so that a busy moment meets all of them.
  for (let round = 0; round <= STARTS; round += 1) {
    for (const [subject, measured] of starts) {
      const start = await measureStart(subject, env);
      if (round > 0) measured.push(start);
    }
  }
  return new Map([...starts].map(([subject, measured]) => [subject, medians(measured)]));
}

function medians(starts: readonly Start[]): Medians {
  const answers = starts.flatMap(({ answerMs }) => answerMs ?? []);
  return {
    portMs: median(starts.map(({ portMs }) => portMs)),
    answerMs: answers.length > 0 ? median(answers) : undefined,
    memoryMb: median(starts.map(({ memoryMb }) => memoryMb)),
  };
}

function startTable(measured: ReadonlyMap<Subject, Medians>): string {
  const baseline = measured.get(stockServer);
  const ratio = (value: number | undefined, base: number | undefined): string =>
    value !== undefined && base ? `× ${(value / base).toFixed(2)}` : "";
  const rows = [...measured].map(([{ title }, { portMs, answerMs, memoryMb }]) => [
    title,
    `${Math.round(portMs)} ms`,
    answerMs === undefined ? "" : `${Math.round(answerMs)} ms`,
    ratio(answerMs, baseline?.answerMs),
    `${Math.round(memoryMb)} MB`,
    ratio(memoryMb, baseline?.memoryMb),
  ]);
  return table(["plugin start", "port", "first answer", "", "memory", ""], rows);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

const progress = terminalProgress();
const subjects = [emptyProcess, stockServer, ...plugins];
const starts = await progress.step(`Starting each plugin ${STARTS} times`, () => startMedians(subjects));
const previews = await progress.step(`Previewing each program ${PREVIEWS} times`, () => measurePreviews(PREVIEWS));
const staging = await progress.step(`Staging ${STAGED_FILES} files ${STAGINGS} times`, () =>
  measureStaging(STAGED_FILES, STAGINGS),
);

const [empty, chain] = [median(previews.emptyMs), median(previews.chainMs)];
const previewTable = table(
  ["pulumi preview", "time", ""],
  [
    ["a program that declares nothing", seconds(empty), "× 1.00"],
    [`the whole chain, ${previews.resources} resources`, seconds(chain), `× ${(chain / empty).toFixed(2)}`],
  ],
);
const copyMs = median(staging.copyMs);
const stagingRow = (title: string, ms: number): string[] => [title, seconds(ms), `× ${(ms / copyMs).toFixed(2)}`];
const stagingTable = table(
  [`staging ${STAGED_FILES} files`, "time", ""],
  [
    stagingRow("cp -R of the same files", copyMs),
    stagingRow("for the first time", median(staging.coldMs)),
    stagingRow("when nothing has changed", median(staging.unchangedMs)),
  ],
);
process.stdout.write(`
${startTable(starts)}

${previewTable}

${stagingTable}

Medians of ${STARTS} starts, ${PREVIEWS} previews and ${STAGINGS} stagings; × is the ratio to the row that says × 1.00.
What a plugin may take on a quiet machine: ${TARGET.answerMs} ms to its first answer, and ${TARGET.memoryMb} MB.
What staging may take on a quiet machine of two cores: ${seconds(TARGET.coldMs)}, and ${seconds(TARGET.unchangedMs)} when nothing has changed.
`);
