/** A report as text for a terminal. */
import { liveRows, liveTitle } from "./live-words.ts";
import type { Diagnostic, PolicyFinding, Report } from "./report.ts";
import { changeLines } from "./terminal/change.ts";
import { driftAlerts, driftRemarks } from "./terminal/drift.ts";
import { painter as makePainter, type Painter } from "./terminal/paint.ts";
import {
  countsOf,
  countsText,
  type DangerGroup,
  dangerGroups,
  durationText,
  groupSubject,
  hiddenText,
  titleText,
} from "./words.ts";

/** How the text is made. */
export interface TerminalOptions {
  readonly colour: boolean;
  /** Columns to wrap at. */
  readonly width: number;
}

/** Gives lines that end with a newline. */
export function terminalReport(report: Report, options: TerminalOptions): string {
  const painter = makePainter(options);
  const { paint, lines } = painter;
  const blocks = [
    [lines(paint(`${titleText(report)} ${report.stack}`, "strong")), lines(report.headline)],
    dangerGroups(report.dangers).map((group) => dangerLine(group, painter)),
    messageLines(report, "error", painter),
    report.policy.map((finding) => findingLine(finding, painter)),
    driftAlerts(report, painter),
    ...serviceBlocks(report, painter),
    liveLines(report, painter),
    driftRemarks(report, painter),
    messageLines(report, "warning", painter),
    messageLines(report, "info", painter),
    footer(report, painter),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function dangerLine(group: DangerGroup, { paint, lines }: Painter): string {
  const what = `! ${groupSubject(group)} ${group.labels.join(", ")} ${group.happens}`;
  return lines(`${paint(what, "danger")} ${group.fate}`);
}

const STYLES = { error: "danger", warning: "changed", info: "soft" } as const;

function messageLines({ diagnostics }: Report, severity: Diagnostic["severity"], painter: Painter): string[] {
  const own = diagnostics.filter((diagnostic) => diagnostic.severity === severity);
  return own.map(({ message, resource, times }) => {
    const where = [severity, resource, times > 1 ? `${times} times` : undefined].filter(Boolean).join(", ");
    const title = painter.paint(`${where}:`, STYLES[severity]);
    return [painter.lines(title), ...message.split("\n").map((line) => painter.verbatim(line, 2))].join("\n");
  });
}

function findingLine(
  { level, policy, resource, message, exception }: PolicyFinding,
  { paint, lines }: Painter,
): string {
  const where = resource === undefined ? "" : ` on ${resource}`;
  const excepted = exception === undefined ? "" : ` (let pass: ${exception})`;
  const title = paint(`${level} policy ${policy}`, level === "mandatory" ? "danger" : "changed");
  return [lines(`${title}${where}${excepted}:`), ...message.split("\n").map((line) => lines(line, 2))].join("\n");
}

function serviceBlocks({ changes }: Report, painter: Painter): string[][] {
  return changes
    .filter((service) => service.changes.length > 0)
    .map(({ service, changes: own, unchanged }) => {
      const counts = `${countsText(countsOf(own))}${unchanged > 0 ? `, ${unchanged} unchanged` : ""}`;
      const title = painter.lines(`${painter.paint(service, "strong")} ${painter.paint(counts, "soft")}`);
      return [title, ...own.flatMap((change) => changeLines(change, painter))];
    });
}

function liveLines(report: Report, { paint, lines }: Painter): string[] {
  const word = report.operation === "up" ? "before" : "now";
  const rows = liveRows(report).map(({ name, value, before, later }) => {
    const was = before === undefined ? "" : paint(` (${word} ${before})`, "soft");
    return lines(`${name}: ${value ?? later}${was}`, 2);
  });
  return rows.length > 0 ? [lines(paint(liveTitle(report), "strong")), ...rows] : [];
}

function footer({ hidden, durationSeconds }: Report, { paint, lines }: Painter): string[] {
  const left = hiddenText(hidden);
  return [
    ...(left === "" ? [] : [lines(paint(`Left out: ${left}.`, "soft"))]),
    ...(durationSeconds === undefined ? [] : [lines(paint(`It took ${durationText(durationSeconds)}.`, "soft"))]),
  ];
}
