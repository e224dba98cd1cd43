/** What drift found besides what an update would put back. */
import { sideText } from "../property-text.ts";
import type { LeftAlone, Report, UnreadService } from "../report.ts";
import { cut } from "./sections.ts";
import { code, text } from "./text.ts";

const CHARACTERS = 120;

/** Services that were not read, what an update leaves as it is, doubts, and changes of the program's own. */
export function driftSections({ drift }: Report, most: number): string[] {
  if (!drift) return [];
  const { unread, leftAlone, notes, pending } = drift;
  const rows = leftAlone.slice(0, most).map(leftAloneRow);
  const more = leftAlone.length > most ? [`<p>and ${leftAlone.length - most} more values</p>`] : [];
  return [
    ...(unread.length > 0
      ? [`<p><b>Not compared</b></p>\n<p>${cut(unread, most, unreadLine, "services").join("<br>")}</p>`]
      : []),
    ...(leftAlone.length > 0
      ? [
          `<p><b>Changed at the service, and an update leaves it</b></p>\n<table>\n<tr><th>What</th><th>Was</th><th>Is</th><th>Why</th></tr>\n${rows.join("\n")}\n</table>`,
          ...more,
        ]
      : []),
    ...(notes.length > 0 ? [`<p>${cut(notes, most, text, "notes").join("<br>")}</p>`] : []),
    ...(pending.length > 0
      ? [
          `<p>The program itself has changes that no update has made yet; they are no drift: ${cut(pending, most, code, "objects").join(", ")}</p>`,
        ]
      : []),
  ];
}

function unreadLine({ service, problem }: UnreadService): string {
  return `${text(service)}: ${text(problem)}`;
}

function leftAloneRow({ kind, label, path, before, after, reason }: LeftAlone): string {
  const sides = [before, after].map((side) => `<td>${code(sideText(side, CHARACTERS))}</td>`);
  return `<tr><td>${text(kind)} ${code(label)}<br>${code(path)}</td>${sides.join("")}<td>${text(reason)}</td></tr>`;
}
