/** What drift found besides what an update would put back, for a terminal. */
import { sideText } from "../property-text.ts";
import type { LeftAlone, Report } from "../report.ts";
import type { Painter } from "./paint.ts";

const CHARACTERS = 120;

/** Services that were not read, and what does not work as declared although no input differs. */
export function driftAlerts({ drift }: Report, painter: Painter): string[] {
  if (!drift) return [];
  const { paint, lines } = painter;
  const broken = drift.leftAlone.filter(({ isDrift }) => isDrift);
  return [
    ...drift.unread.map(({ service, problem }) => lines(`${paint(`Not compared: ${service}.`, "danger")} ${problem}`)),
    ...broken.map((value) => valueLine("Does not work as declared:", value, painter)),
  ];
}

/** What an update leaves as it is, doubts, and changes of the program's own. */
export function driftRemarks({ drift }: Report, painter: Painter): string[] {
  if (!drift) return [];
  const { leftAlone, notes, pending } = drift;
  const left = leftAlone.filter(({ isDrift }) => !isDrift);
  const own =
    "Besides, an update would change these, because the program is newer than the last one or because they follow " +
    `from the above: ${pending.join(", ")}`;
  return [
    ...left.map((value) => valueLine("No drift, an update leaves it:", value, painter)),
    ...[...notes, ...(pending.length > 0 ? [own] : [])].map((text) => painter.lines(text)),
  ];
}

function valueLine(title: string, value: LeftAlone, { paint, lines }: Painter): string {
  const { kind, label, path, before, after, reason } = value;
  const sides = `${sideText(before, CHARACTERS)} -> ${sideText(after, CHARACTERS)}`;
  return lines(`${paint(title, value.isDrift ? "danger" : "changed")} ${kind} ${label}, ${path}: ${sides}. ${reason}`);
}
