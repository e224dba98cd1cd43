/** What drift found besides what an update would put back, in HTML. */
import { escapeHtml } from "../html-text.ts";
import { sideText } from "../property-text.ts";
import type { LeftAlone, Report } from "../report.ts";

const CHARACTERS = 400;

/** Services that were not read, and what does not work as declared although no input differs. */
export function driftAlerts({ drift }: Report): string {
  if (!drift) return "";
  const unread = drift.unread.map(({ service, problem }) =>
    notice(`<strong>Not compared: ${service}.</strong> ${escapeHtml(problem)}`),
  );
  const broken = drift.leftAlone.filter(({ isDrift }) => isDrift);
  return [...unread, table("Does not work as declared", broken)].join("");
}

/** What an update leaves as it is, doubts, and changes of the program's own. */
export function driftRemarks({ drift }: Report): string {
  if (!drift) return "";
  const { notes, leftAlone, pending } = drift;
  const left = leftAlone.filter(({ isDrift }) => !isDrift);
  const own =
    "Besides, an update would change these, because the program is newer than the last one or because they follow " +
    `from the above: ${pending.join(", ")}`;
  return [
    table("Changed at the service, and an update leaves it: no drift", left),
    ...[...notes, ...(pending.length > 0 ? [own] : [])].map((text) => notice(escapeHtml(text))),
  ].join("");
}

function notice(html: string): string {
  return `<div class="notice"><p>${html}</p></div>`;
}

function table(title: string, values: readonly LeftAlone[]): string {
  if (values.length === 0) return "";
  const rows = values.map(({ kind, label, path, before, after, reason }) => {
    const cells = [`${kind} ${label}: ${path}`, sideText(before, CHARACTERS), sideText(after, CHARACTERS), reason];
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  const head = "<thead><tr><th>What</th><th>Was</th><th>Is</th><th>Why</th></tr></thead>";
  return `<h2>${title}</h2><table>${head}<tbody>${rows.join("")}</tbody></table>`;
}
