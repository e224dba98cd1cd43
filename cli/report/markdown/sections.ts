/** The parts of the Markdown besides the single changes. Lists are cut at `most`. */
import type { Diagnostic, PolicyFinding, Report, ServiceReport } from "../report.ts";
import {
  countsOf,
  countsText,
  type DangerGroup,
  dangerGroups,
  groupSubject,
  hiddenText,
  liveRows,
  liveTitle,
  titleText,
  toldMeanings,
} from "../words.ts";
import { chainPicture } from "./mermaid.ts";
import { code, fence, text } from "./text.ts";

/** Characters of one message. */
const MESSAGE = 1_500;

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

/** What the policy pack found: what fails the run apart from advice. */
export function policySection({ policy }: Report, most: number): string[] {
  const mandatory = policy.filter(({ level }) => level === "mandatory");
  const advisory = policy.filter(({ level }) => level === "advisory");
  return [
    ...(mandatory.length > 0
      ? [
          alert("CAUTION", [
            `<b>Mandatory policies are broken:</b> ${mandatory.length}`,
            ...cut(mandatory, most, findingLine, "findings"),
          ]),
        ]
      : []),
    ...(advisory.length > 0
      ? [fold(`Advice of the policy pack: ${advisory.length}`, cut(advisory, most, findingLine, "findings"))]
      : []),
  ];
}

function findingLine({ policy, resource, message, exception }: PolicyFinding): string {
  const where = resource === undefined ? "" : ` on ${code(resource)}`;
  const excepted = exception === undefined ? "" : ` (let pass: ${text(exception)})`;
  return `${code(policy)}${where}: ${text(message.slice(0, MESSAGE))}${excepted}`;
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
  const rows = liveRows(report.live, report).map(({ name, value, before, later }) => {
    const now = value === undefined ? `<i>${later}</i>` : code(value);
    const was = before === undefined ? "" : `<br>now ${code(before)}`;
    return `<tr><th>${name}</th><td>${now}${report.operation === "up" ? was.replace("now", "before") : was}</td></tr>`;
  });
  if (rows.length === 0) return [];
  return [`<p><b>${liveTitle(report)}</b></p>\n<table>\n${rows.join("\n")}\n</table>`];
}

/** Errors, where the reader looks first; warnings in a fold. */
export function errorSection({ diagnostics }: Report, most: number): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return cut(errors, most, messageBlock, "errors");
}

/** Warnings. */
export function warningSection({ diagnostics }: Report, most: number): string[] {
  const warnings = diagnostics.filter(({ severity }) => severity === "warning");
  if (warnings.length === 0) return [];
  return [fold(`Warnings: ${warnings.length}`, cut(warnings, most, messageBlock, "warnings"))];
}

function messageBlock({ message, resource, times }: Diagnostic): string {
  const where = [...(resource === undefined ? [] : [code(resource)]), ...(times > 1 ? [`${times} times`] : [])];
  const short = message.length > MESSAGE ? `${message.slice(0, MESSAGE)}...` : message;
  return [...(where.length > 0 ? [`<p>${where.join(", ")}</p>`] : []), fence("text", [short])].join("\n\n");
}

/** What was left out of the report. */
export function hiddenLine({ hidden }: Report): string[] {
  const left = hiddenText(hidden);
  return left === "" ? [] : [`<sub>Left out: ${left}.</sub>`];
}

/** The first ones, and how many there are besides. */
export function cut<T>(all: readonly T[], most: number, line: (one: T) => string, what: string): string[] {
  const rest = all.length - Math.min(all.length, most);
  return [...all.slice(0, most).map(line), ...(rest > 0 ? [`and ${rest} more ${what}`] : [])];
}

function fold(summary: string, blocks: readonly string[]): string {
  return `<details><summary>${text(summary)}</summary>\n\n${blocks.join("\n\n")}\n\n</details>`;
}

/** GitHub's alert. Source: GitHub documentation, "Basic writing and formatting syntax", Alerts. */
function alert(kind: "CAUTION" | "WARNING", paragraphs: readonly string[]): string {
  return [`[!${kind}]`, paragraphs.join("\n\n")]
    .join("\n")
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
}
