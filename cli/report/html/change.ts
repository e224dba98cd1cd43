/** One change in HTML. */
import { escapeHtml } from "../html-text.ts";
import { type PropertyText, propertyText } from "../property-text.ts";
import type { ChangeOperation, Report, ResourceChange } from "../report.ts";
import { progressionText, remainingMeanings, SIGNS, sideTitles } from "../words.ts";

/** The whole report keeps values that nobody would read in a comment. */
const EXTENT = { characters: 4_000, lines: 2_000 };

/** Which colour an operation has. */
export function classOf(operations: readonly ChangeOperation[]): string {
  if (operations.length === 0) return "same";
  if (operations.some((operation) => ["replace", "delete", "forget"].includes(operation))) return "danger";
  return operations.every((operation) => operation === "create" || operation === "import") ? "new" : "changed";
}

/** A fold with what the change means and all of its properties. */
export function changeHtml(change: ResourceChange, report: Pick<Report, "operation">): string {
  const { operation, kind, label, properties, importance, partOf, urn } = change;
  const progression = progressionText(change);
  const told = [
    ...(progression === undefined ? [] : [`<strong>${progression}</strong>`]),
    ...remainingMeanings(change).map(escapeHtml),
    ...(partOf === undefined ? [] : ["part of the deploy"]),
  ];
  const sign = `<span class="sign ${classOf([operation])}" title="${operation}">${SIGNS[operation]}</span>`;
  const title = `${sign} <code>${escapeHtml(label)}</code> ${escapeHtml(kind)}${told.length > 0 ? `: ${told.join(", ")}` : ""}`;
  const isUnchanged = properties.length === 0 && operation !== "delete" && operation !== "forget";
  const isOpen = importance !== "low" && operation !== "create";
  return `<details${isOpen ? " open" : ""}><summary>${title}</summary>
<p class="soft">${escapeHtml(urn)}</p>
${propertyTable(change, report)}${isUnchanged ? '<p class="soft">No property changes.</p>' : ""}
</details>`;
}

function propertyTable({ properties, operation }: ResourceChange, report: Pick<Report, "operation">): string {
  if (properties.length === 0) return "";
  const isNew = operation === "create" || operation === "import";
  const columns = isNew ? ["Value"] : sideTitles(report);
  const head = ["Property", ...columns].map((title) => `<th>${title}</th>`).join("");
  const rows = properties.map((property) => {
    const words = propertyText(property, EXTENT);
    const name = `<td><code>${escapeHtml(words.path)}</code>${property.replaces ? " (replaces)" : ""}</td>`;
    if (words.lines) return `<tr>${name}<td colspan="2">${linesHtml(words)}</td></tr>`;
    const cells = isNew ? [words.after] : [words.before, words.after];
    return `<tr>${name}${cells.map((cell) => `<td><code>${escapeHtml(cell)}</code></td>`).join("")}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table>`;
}

function linesHtml({ lines = [], moreLines }: PropertyText): string {
  const marked = lines.map((line) => {
    const kind = { "+": "add", "-": "remove" }[line.charAt(0)] ?? "same";
    return `<span class="${kind}">${escapeHtml(line) || " "}</span>`;
  });
  return `<pre>${marked.join("")}</pre>${moreLines > 0 ? `<p class="soft">${moreLines} more lines differ.</p>` : ""}`;
}
