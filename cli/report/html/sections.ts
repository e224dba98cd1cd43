/** The parts of the page besides the single changes. */

import { escapeHtml, messageHtml } from "../html-text.ts";
import { liveRows, liveTitle } from "../live-words.ts";
import type { Diagnostic, PolicyFinding, Report, ServiceReport } from "../report.ts";
import {
  countsOf,
  countsText,
  type DangerGroup,
  dangerGroups,
  groupSubject,
  hiddenText,
  toldMeanings,
} from "../words.ts";
import { classOf } from "./change.ts";

const MEANINGS = 5;

/** What is lost. */
export function dangerNotice({ dangers }: Report): string {
  if (dangers.length === 0) return "";
  return `<div class="notice danger" role="alert">${dangerGroups(dangers).map(dangerHtml).join("")}</div>`;
}

function dangerHtml(group: DangerGroup): string {
  const names = group.labels.map((label) => `<code>${escapeHtml(label)}</code>`).join(", ");
  return `<p><strong>${escapeHtml(groupSubject(group))} ${names} ${escapeHtml(group.happens)}</strong> ${escapeHtml(group.fate)}</p>`;
}

/** The chain as boxes, with what changes. */
export function chain({ changes }: Report): string {
  if (changes.length === 0) return "";
  return `<h2>The chain</h2><ol class="chain">${changes.map(box).join("")}</ol>`;
}

function box({ service, changes, unchanged }: ServiceReport): string {
  const meanings = toldMeanings(changes);
  const shown = meanings.slice(0, MEANINGS).map((meaning) => `<li>${escapeHtml(meaning)}</li>`);
  const rest = meanings.length > MEANINGS ? `<li class="soft">and ${meanings.length - MEANINGS} more</li>` : "";
  const counts = [countsText(countsOf(changes)), unchanged > 0 ? `${unchanged} unchanged` : ""].filter(Boolean);
  const list = shown.length > 0 ? `<ul>${shown.join("")}${rest}</ul>` : "";
  const kind = `${classOf(changes.map(({ operation }) => operation))}${service === "Other" ? " apart" : ""}`;
  return `<li class="${kind}"><strong>${service}</strong><br><span class="soft">${counts.join(", ")}</span>${list}</li>`;
}

/** What the policy pack found. */
export function policies({ policy }: Report): string {
  const of = (level: PolicyFinding["level"], title: string, kind: string): string => {
    const findings = policy.filter((finding) => finding.level === level);
    if (findings.length === 0) return "";
    return `<div class="notice ${kind}"><p><strong>${title}</strong></p>${findings.map(findingHtml).join("")}</div>`;
  };
  return of("mandatory", "Mandatory policies are broken", "danger") + of("advisory", "Advice of the policy pack", "");
}

function findingHtml({ policy, resource, message, exception }: PolicyFinding): string {
  const where = resource === undefined ? "" : ` on <code>${escapeHtml(resource)}</code>`;
  const excepted = exception === undefined ? "" : ` (let pass: ${escapeHtml(exception)})`;
  return `<p><code>${escapeHtml(policy)}</code>${where}${excepted}<br>${messageHtml(message)}</p>`;
}

/** Errors, warnings, or notes. */
export function messages({ diagnostics }: Report, severity: Diagnostic["severity"], title: string): string {
  const own = diagnostics.filter((diagnostic) => diagnostic.severity === severity);
  if (own.length === 0) return "";
  const blocks = own.map(({ message, resource, times }) => {
    const where = [resource, times > 1 ? `${times} times` : undefined].filter((part) => part !== undefined);
    return `${where.length > 0 ? `<p class="soft">${escapeHtml(where.join(", "))}</p>` : ""}<pre>${escapeHtml(message)}</pre>`;
  });
  return `<h2>${title}</h2>${blocks.join("")}`;
}

/** What will run. */
export function live(report: Report): string {
  const rows = liveRows(report).map(({ name, value, before, later }) => {
    const now = value === undefined ? `<em>${later}</em>` : `<code>${escapeHtml(value)}</code>`;
    const word = report.operation === "up" ? "before" : "now";
    const was = before === undefined ? "" : `<br><span class="soft">${word}</span> <code>${escapeHtml(before)}</code>`;
    return `<tr><th scope="row">${name}</th><td>${now}${was}</td></tr>`;
  });
  return rows.length === 0 ? "" : `<h2>${liveTitle(report)}</h2><table>${rows.join("")}</table>`;
}

/** What was left out. */
export function hidden({ hidden: left }: Report): string {
  const words = hiddenText(left);
  return words === "" ? "" : `<p class="soft">Left out: ${words}.</p>`;
}
