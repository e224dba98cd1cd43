/** One change in Markdown: a line, or all of its properties. */
import { type Extent, propertyText } from "../property-text.ts";
import type { Report, ResourceChange } from "../report.ts";
import { progressionText, remainingMeanings, SIGNS, sideTitles } from "../words.ts";
import { code, fence, text } from "./text.ts";

/** One line: what it is, and what the change means. */
export function changeLine(change: ResourceChange): string {
  const { operation, kind, label, partOf } = change;
  const progression = progressionText(change);
  const meanings = remainingMeanings(change).join(", ");
  const told = [
    ...(progression === undefined ? [] : [`<b>${text(progression)}</b>`]),
    ...(meanings === "" ? [] : [text(meanings)]),
    ...(partOf === undefined ? [] : ["part of the deploy"]),
  ];
  const title = `${code(SIGNS[operation])} ${code(label)} ${text(kind)}`;
  return told.length > 0 ? `${title}: ${told.join(", ")}` : title;
}

/** A fold with the line above and a table of the properties, what is most important open. */
export function changeDetails(change: ResourceChange, extent: Extent, report: Pick<Report, "operation">): string {
  if (change.properties.length === 0) return `<p>${changeLine(change)}</p>`;
  const open = change.importance === "high" && change.operation !== "create" ? " open" : "";
  const properties = change.properties.map((property) => ({
    replaces: property.replaces,
    ...propertyText(property, extent),
  }));
  const isNew = change.operation === "create" || change.operation === "import";
  const rows = properties.map(({ path, before, after, lines, replaces }) => {
    const name = `<td>${code(path)}${replaces ? " (replaces)" : ""}</td>`;
    if (lines) return `<tr>${name}<td colspan="2">the lines below</td></tr>`;
    return isNew
      ? `<tr>${name}<td>${code(after)}</td></tr>`
      : `<tr>${name}<td>${code(before)}</td><td>${code(after)}</td></tr>`;
  });
  const columns = isNew ? ["Value"] : sideTitles(report);
  const head = `<tr>${["Property", ...columns].map((title) => `<th>${title}</th>`).join("")}</tr>`;
  const texts = properties.flatMap(({ path, lines, moreLines }) => {
    if (!lines) return [];
    const more = moreLines > 0 ? [`<p>${moreLines} more lines of ${code(path)} differ.</p>`] : [];
    return [fence("diff", lines), ...more];
  });
  const table = `<table>\n${head}\n${rows.join("\n")}\n</table>`;
  return [`<details${open}><summary>${changeLine(change)}</summary>`, table, ...texts, "</details>"].join("\n\n");
}
