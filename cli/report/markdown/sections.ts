/** The parts of the Markdown besides the single changes. Lists are cut at `most`. */
import { liveRows, liveTitle } from "../live-words.ts";
import type { Report, ServiceReport } from "../report.ts";
import {
  countsOf,
  countsText,
  type DangerGroup,
  dangerGroups,
  groupSubject,
  hiddenText,
  titleText,
  toldMeanings,
} from "../words.ts";
import { alert, cut } from "./blocks.ts";
import { chainPicture } from "./mermaid.ts";
import { code, fence, text } from "./text.ts";

/** Meanings in one row of the table. */
const MEANINGS = 8;

/** Title and sentence. */
export function header(report: Report): string {
  return `### ${titleText(report)} ${code(report.stack)}\n\n<p><b>${text(report.headline)}</b></p>`;
}

/** What is lost, as an alert. */
export function dangerBanner({ dangers }: Report, most: number): string[] {
  if (dangers.length === 0) return [];
  const unsaved = dangers.some(({ saved }) => saved === "nothing");
  const lines = cut(dangerGroups(dangers), most, (group) => dangerLine(group, most), "kinds of objects");
  return [alert(unsaved ? "CAUTION" : "WARNING", lines)];
}

function dangerLine(group: DangerGroup, most: number): string {
  const names = cut(group.labels, most, code, "").join(", ").trimEnd();
  return `<b>${text(groupSubject(group))} ${names} ${text(group.happens)}</b> ${text(group.fate)}`;
}

/** One row for each service. */
export function serviceTable({ changes }: Report, most: number): string {
  const rows = changes.map((service) => serviceRow(service, most));
  return `<table>\n<tr><th>Service</th><th>Changes</th><th>What it means</th></tr>\n${rows.join("\n")}\n</table>`;
}

function serviceRow({ service, changes, unchanged }: ServiceReport, most: number): string {
  const lines = cut(toldMeanings(changes), Math.min(most, MEANINGS), text, "changes");
  const counts = [countsText(countsOf(changes)), unchanged > 0 ? `${unchanged} unchanged` : ""].filter(Boolean);
  return `<tr><td><b>${text(service)}</b></td><td>${counts.join("<br>")}</td><td>${lines.join("<br>") || "no change"}</td></tr>`;
}

/** The chain as a picture. */
export function picture(report: Report): string {
  return fence("mermaid", chainPicture(report));
}

/** What will run. */
export function liveTable(report: Report): string[] {
  const rows = liveRows(report).map(({ name, value, before, later }) => {
    const now = value === undefined ? `<i>${later}</i>` : code(value);
    const was = before === undefined ? "" : `<br>now ${code(before)}`;
    return `<tr><th>${name}</th><td>${now}${report.operation === "up" ? was.replace("now", "before") : was}</td></tr>`;
  });
  if (rows.length === 0) return [];
  return [`<p><b>${liveTitle(report)}</b></p>\n<table>\n${rows.join("\n")}\n</table>`];
}

/** What was left out of the report. */
export function hiddenLine({ hidden }: Report): string[] {
  const left = hiddenText(hidden);
  return left === "" ? [] : [`<sub>Left out: ${left}.</sub>`];
}
