/** What drift found besides what an update would put back, in Markdown. */
import { sideText } from "../property-text.ts";
import type { LeftAlone, Report, UnreadService } from "../report.ts";
import { cut } from "./blocks.ts";
import { code, text } from "./text.ts";

const CHARACTERS = 120;

/** Services that were not read, and what does not work as declared although no input differs. */
export function driftAlerts({ drift }: Report, most: number): string[] {
  if (!drift) return [];
  const { unread, leftAlone } = drift;
  const lines = cut(unread, most, unreadLine, "services").join("<br>");
  const broken = leftAlone.filter(({ isDrift }) => isDrift);
  return [
    ...(unread.length > 0 ? [`<p><b>Not compared</b></p>\n<p>${lines}</p>`] : []),
    ...titled("Does not work as declared", valueTable(broken, most)),
  ];
}

/** What an update leaves as it is, doubts, and changes of the program's own. */
export function driftRemarks({ drift }: Report, most: number): string[] {
  if (!drift) return [];
  const { leftAlone, notes, pending } = drift;
  const left = valueTable(
    leftAlone.filter(({ isDrift }) => !isDrift),
    most,
  );
  const own =
    "Besides, an update would change these, because the program is newer than the last one or because they follow " +
    `from the above: ${cut(pending, most, code, "objects").join(", ")}`;
  return [
    ...(left.length > 0
      ? [
          `<details><summary>Changed at the service, and an update leaves it: no drift</summary>\n\n${left.join("\n\n")}\n\n</details>`,
        ]
      : []),
    ...(notes.length > 0 ? [`<p>${cut(notes, most, text, "notes").join("<br>")}</p>`] : []),
    ...(pending.length > 0 ? [`<p>${own}</p>`] : []),
  ];
}

function titled(title: string, blocks: readonly string[]): string[] {
  return blocks.length > 0 ? [`<p><b>${title}</b></p>`, ...blocks] : [];
}

/** The values, and how many are not shown; nothing when there are none. */
function valueTable(values: readonly LeftAlone[], most: number): string[] {
  if (values.length === 0) return [];
  const rows = values.slice(0, most).map(valueRow);
  const more = values.length > most ? [`<p>and ${values.length - most} more values</p>`] : [];
  const head = "<tr><th>What</th><th>Was</th><th>Is</th><th>Why</th></tr>";
  return [`<table>\n${head}\n${rows.join("\n")}\n</table>`, ...more];
}

function unreadLine({ service, problem }: UnreadService): string {
  return `${text(service)}: ${text(problem)}`;
}

function valueRow({ kind, label, path, before, after, reason }: LeftAlone): string {
  const sides = [before, after].map((side) => `<td>${code(sideText(side, CHARACTERS))}</td>`);
  return `<tr><td>${text(kind)} ${code(label)}<br>${code(path)}</td>${sides.join("")}<td>${text(reason)}</td></tr>`;
}
