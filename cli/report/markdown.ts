/** A report as Markdown that GitHub shows, within GitHub's limit: what matters least is shortened first. */
import { escapeHtml, webAddress } from "./html-text.ts";
import { changeDetails, changeLine } from "./markdown/change.ts";
import { driftAlerts, driftRemarks } from "./markdown/drift.ts";
import { errorSection, policySection, warningSection } from "./markdown/messages.ts";
import * as sections from "./markdown/sections.ts";
import type { Importance, Report, ResourceChange } from "./report.ts";

/** How the Markdown is made. */
export interface MarkdownOptions {
  /** Most characters, as GitHub counts them; its own limit for a comment by default. */
  readonly limit?: number;
  /** Where the whole report is. */
  readonly artifactUrl?: string;
  /** The CI job that made it. */
  readonly jobUrl?: string;
}

/** GitHub refuses a longer comment: `body is too long (maximum is 65536 characters)`. */
const LONGEST_COMMENT = 65_536;

/** How long lists may be, from the whole to the least that still tells something. */
const LENGTHS = [30, 12, 6, 3, 1];

const ORDER: readonly Importance[] = ["high", "medium", "low"];
const EXTENT = { characters: 300, lines: 60 };

/** Gives Markdown of at most `limit` characters; what does not fit goes by importance, and is counted. */
export function markdownReport(report: Report, options: MarkdownOptions = {}): string {
  // UTF-16 units: never fewer than the characters that GitHub counts.
  const limit = options.limit ?? LONGEST_COMMENT;
  for (const most of LENGTHS) {
    const frame = frameOf(report, options, most);
    const room = limit - join([...frame.before, ...frame.after]).length - 2;
    const changes = changesWithin(report, room, options);
    if (changes !== undefined) return join([...frame.before, ...changes, ...frame.after]);
  }
  return join([sections.header(report), ...links(options)]).length <= limit
    ? join([sections.header(report), ...links(options)])
    : report.headline.replaceAll(/[^\p{L}\p{N} .,:;-]/gu, "").slice(0, limit);
}

/** Everything besides the single changes. */
function frameOf(report: Report, options: MarkdownOptions, most: number): { before: string[]; after: string[] } {
  const changes = report.changes.some((service) => service.changes.length > 0);
  return {
    before: [
      sections.header(report),
      ...errorSection(report, most),
      ...sections.dangerBanner(report, most),
      ...policySection(report, most),
      ...driftAlerts(report, most),
      ...(changes ? [sections.serviceTable(report, most), sections.picture(report)] : []),
      ...sections.liveTable(report),
    ],
    after: [
      ...driftRemarks(report, most),
      ...warningSection(report, most),
      ...sections.hiddenLine(report),
      ...links(options),
    ],
  };
}

/**
 * As many changes as there is room for, the most important ones with their properties, the next as a line, the rest as
 * a count. Undefined when there is not even room for the count.
 */
function changesWithin(report: Report, room: number, options: MarkdownOptions): string[] | undefined {
  const all = report.changes.flatMap(({ changes }) => changes);
  const sorted = ORDER.flatMap((importance) => all.filter((change) => change.importance === importance));
  if (sorted.length === 0) return room >= 0 ? [] : undefined;
  const reserved = leftOut(sorted.length, sorted.length, options).length + 2;
  let free = room - reserved;
  if (free < 0) return undefined;

  const shown = new Map<ResourceChange, string>();
  for (const change of sorted) {
    const line = `<p>${changeLine(change)}</p>`;
    if (line.length + 2 > free) break;
    shown.set(change, line);
    free -= line.length + 2;
  }
  let folded = shown.size;
  for (const [change, line] of shown) {
    const details = changeDetails(change, EXTENT, report);
    if (details.length - line.length > free) continue;
    shown.set(change, details);
    free -= details.length - line.length;
    folded--;
  }
  const missing = sorted.length - shown.size;
  const note = missing + folded > 0 ? [leftOut(missing, folded, options)] : [];
  return [...shown.values(), ...note];
}

function leftOut(missing: number, folded: number, { artifactUrl }: MarkdownOptions): string {
  const told = [
    ...(folded > 0 ? [`${folded} ${folded === 1 ? "change is" : "changes are"} shown without properties`] : []),
    ...(missing > 0 ? [`${missing} ${missing === 1 ? "change is" : "changes are"} not shown`] : []),
  ];
  const where = webAddress(artifactUrl) === undefined ? "" : " The whole report has them.";
  return `<p><i>To stay within the limit, ${told.join(", and ")}.${where}</i></p>`;
}

function links({ artifactUrl, jobUrl }: MarkdownOptions): string[] {
  const all = [
    { address: webAddress(artifactUrl), name: "The whole report" },
    { address: webAddress(jobUrl), name: "The CI job" },
  ];
  const anchors = all.flatMap(({ address, name }) => (address ? [`<a href="${escapeHtml(address)}">${name}</a>`] : []));
  return anchors.length > 0 ? [`<p>${anchors.join(" · ")}</p>`] : [];
}

function join(blocks: readonly string[]): string {
  return blocks.join("\n\n");
}
