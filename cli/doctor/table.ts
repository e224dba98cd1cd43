/** The table of `delivery doctor`, for people. */
import { styleText } from "node:util";
import { AREAS } from "./check.ts";
import type { Diagnosis, Line } from "./diagnosis.ts";
import type { Result } from "./finding.ts";

/** How it is drawn. */
export interface TableStyle {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
}

const COLOURS = { ok: "green", warn: "yellow", problem: "red", "not checked": "dim" } as const;
const RESULT_WIDTH = "not checked".length;
const GAP = "  ";
/** Where titles start, and what is to be done. */
const INDENT = GAP.length + RESULT_WIDTH + GAP.length;
const ARROW = "-> ";
const NARROWEST = 24;

/** A heading for each service, a line for each finding, and below it what to do; at the end the counts. */
export function diagnosisText({ lines, counts }: Diagnosis, style: TableStyle): string {
  const places = AREAS.map((area) => ({ area, own: withoutRepetition(lines.filter((line) => line.area === area)) }));
  const titleWidth = Math.max(0, ...places.flatMap(({ own }) => own.map(({ title }) => title.length)));
  const blocks = places.map(({ area, own }) => {
    const rows = own.map((line, at) => row(line, own[at - 1], titleWidth, style));
    return own.length === 0 ? [] : [heading(area, style), ...rows, ""];
  });
  return [...blocks.flat(), summary(counts)].join("\n");
}

/** Of those that wait for the same check one line, which counts them. */
function withoutRepetition(lines: readonly Line[]): Line[] {
  return lines.flatMap((line) => {
    const { waitsFor, found } = line;
    const alike = lines.filter((other) => waitsFor !== undefined && other.waitsFor === waitsFor);
    if (alike.length < 2) return [line];
    const title = `${alike.length} checks`;
    return alike[0] === line
      ? [{ ...line, check: `after ${waitsFor}`, title, found: found.replace("waits", "wait") }]
      : [];
  });
}

function heading(area: string, { colour }: TableStyle): string {
  return colour ? styleText("bold", area, { validateStream: false }) : area;
}

function row(line: Line, before: Line | undefined, titleWidth: number, { width, colour }: TableStyle): string {
  const { result, found, mend } = line;
  const shown = result.padEnd(RESULT_WIDTH);
  const mark = colour ? styleText(COLOURS[result], shown, { validateStream: false }) : shown;
  const title = (before?.check === line.check ? "" : line.title).padEnd(titleWidth);
  const [first = "", ...rest] = wrapped(found, Math.max(NARROWEST, width - INDENT - titleWidth - GAP.length));
  const further = rest.map((text) => `${" ".repeat(INDENT + titleWidth)}${GAP}${text}`);
  const toDo = mend === undefined ? [] : wrapped(mend, Math.max(NARROWEST, width - INDENT - ARROW.length));
  const steps = toDo.map((text, at) => `${" ".repeat(INDENT)}${at === 0 ? ARROW : " ".repeat(ARROW.length)}${text}`);
  return [`${GAP}${mark}${GAP}${title}${GAP}${first}`.trimEnd(), ...further, ...steps].join("\n");
}

/** Breaks a text between words. A word that is longer than a line stays whole: it may be a command's part to copy. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function summary(counts: Readonly<Record<Result, number>>): string {
  const { problem, warn } = counts;
  const rest = `${counts.ok} in order, ${counts["not checked"]} not checked`;
  const attention = warn === 1 ? "1 warning" : `${warn} warnings`;
  if (problem === 0) return `Nothing stands in the way of an up. ${attention}, ${rest}.`;
  return `${problem === 1 ? "1 problem" : `${problem} problems`} to fix before an up. ${attention}, ${rest}.`;
}
