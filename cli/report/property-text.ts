/** A changed property in words: what stands before, what after, and the lines that differ in a longer text. */
import { structuredPatch } from "diff";
import type { PropertyChange, Side } from "./report.ts";

/** A property, ready to be shown. */
export interface PropertyText {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** For a text of several lines, in the place of both: lines that start with `+`, `-`, a space, or `@@`. */
  readonly lines?: readonly string[];
  /** Lines that were left out. */
  readonly moreLines: number;
}

/** How much of a property is shown. */
export interface Extent {
  /** Of a value. */
  readonly characters: number;
  /** Of a difference between texts. */
  readonly lines: number;
}

const CONTEXT_LINES = 2;
const NOTHING = "(none)";

/** The words of a change. */
export function propertyText(change: PropertyChange, extent: Extent): PropertyText {
  const { path, before, after } = change;
  if (before.state === "secret" || after.state === "secret")
    return { path, ...secretText(before, after), moreLines: 0 };
  const lines = differingLines(before, after);
  const sides = { before: sideText(before, extent.characters), after: sideText(after, extent.characters) };
  if (!lines) return { path, ...sides, moreLines: 0 };
  const shown = lines.slice(0, extent.lines).map((line) => shortened(line, extent.characters));
  return { path, ...sides, lines: shown, moreLines: lines.length - shown.length };
}

/** One side of a change; a long value is cut in the middle. */
export function sideText(side: Side, characters: number): string {
  if (side.state === "absent") return NOTHING;
  if (side.state === "secret") return "(secret)";
  if (side.state === "unknown") return "(known after the update)";
  return shortened(valueText(side.value), characters);
}

/** The text, or its two ends with the count of what is missing between them. */
export function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const end = Math.floor(characters / 4);
  const start = characters - end;
  const missing = text.length - start - end;
  return `${text.slice(0, start)}...(${missing} more)...${end > 0 ? text.slice(-end) : ""}`.toWellFormed();
}

function secretText(before: Side, after: Side): { before: string; after: string } {
  if (before.state === "absent") return { before: NOTHING, after: "secret set" };
  if (after.state === "absent") return { before: "(secret)", after: "secret removed" };
  return { before: "(secret)", after: "secret changed" };
}

function valueText(value: unknown): string {
  if (value === "") return '""';
  if (typeof value === "string") return isLong(value) ? `(a text of ${value.split("\n").length} lines)` : value;
  if (Array.isArray(value) && value.length > 0 && value.every((member) => typeof member !== "object"))
    return value.map(String).join(", ");
  return JSON.stringify(value) ?? NOTHING;
}

/** A text of which only the lines that differ are worth a look. */
function isLong(text: string): boolean {
  return text.trimEnd().includes("\n");
}

function differingLines(before: Side, after: Side): string[] | undefined {
  if (before.state !== "known" || after.state !== "known") return undefined;
  const [from, to] = [before.value, after.value];
  if (typeof from !== "string" || typeof to !== "string" || !(isLong(from) || isLong(to))) return undefined;
  const { hunks } = structuredPatch("", "", from, to, "", "", { context: CONTEXT_LINES });
  return hunks.flatMap(({ oldStart, newStart, lines }) => [`@@ line ${oldStart}, now ${newStart} @@`, ...lines]);
}
