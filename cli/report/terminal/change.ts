/** One change on a terminal. */
import { propertyText } from "../property-text.ts";
import type { ChangeOperation, PropertyChange, ResourceChange } from "../report.ts";
import { progressionText, remainingMeanings, SIGNS } from "../words.ts";
import type { Paint, Painter } from "./paint.ts";

const EXTENT = { characters: 200, lines: 40 };

const PAINTS: Readonly<Record<ChangeOperation, Paint>> = {
  create: "new",
  import: "new",
  update: "changed",
  replace: "danger",
  delete: "danger",
  forget: "danger",
};

/** The line of the change and, unless it is new, a line for each property. */
export function changeLines(change: ResourceChange, painter: Painter): string[] {
  const { operation, label, kind, partOf } = change;
  const progression = progressionText(change);
  const told = [
    ...(progression === undefined ? [] : [painter.paint(progression, "danger")]),
    ...remainingMeanings(change),
    ...(partOf === undefined ? [] : ["part of the deploy"]),
  ].map((text) => text.replaceAll("\n", " "));
  const title = `${painter.paint(SIGNS[operation], PAINTS[operation])} ${kind} ${painter.paint(label, "strong")}`;
  const line = painter.lines(told.length > 0 ? `${title}: ${told.join(", ")}` : title, 2);
  // What a new object is made of is in the HTML; here it would bury everything else.
  const properties = operation === "create" || operation === "import" ? [] : change.properties;
  return [line, ...properties.flatMap((property) => propertyLines(property, painter))];
}

function propertyLines(property: PropertyChange, painter: Painter): string[] {
  const { path, before, after, lines, moreLines } = propertyText(property, EXTENT);
  const replaces = property.replaces ? painter.paint(" (replaces)", "danger") : "";
  if (!lines) return [painter.lines(`${painter.paint(path, "soft")}${replaces}: ${before} -> ${after}`, 6)];
  const marked = lines.map((line) => painter.verbatim(painter.paint(line, paintOf(line)), 8));
  const more = moreLines > 0 ? [painter.lines(painter.paint(`${moreLines} more lines differ`, "soft"), 8)] : [];
  return [painter.lines(`${painter.paint(path, "soft")}${replaces}:`, 6), ...marked, ...more];
}

function paintOf(line: string): Paint {
  if (line.startsWith("+")) return "new";
  return line.startsWith("-") ? "danger" : "soft";
}
