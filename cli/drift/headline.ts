/** The sentence to read if only one is read. */
import type { Counts, DriftDetails, LeftAlone, Report } from "../report/index.ts";

/** Adds to the report's own sentence what does not work as declared, and what could not be compared. */
export function driftHeadline(
  { headline, changes, counts }: Pick<Report, "headline" | "changes" | "counts">,
  details: DriftDetails,
): string {
  const isChanged = changes.some((service) => service.changes.length > 0);
  const broken = details.leftAlone.filter(({ isDrift }) => isDrift);
  const unread = details.unread.map(({ service }) => service);
  const nothing = unread.length > 0 ? "No drift in what was compared." : headline;
  const sentences = [
    ...(isChanged ? [headline, remedy(counts)] : broken.length === 0 ? [nothing] : []),
    ...broken.map(brokenSentence),
    ...(unread.length > 0 ? [`${unread.join(" and ")} could not be compared.`] : []),
  ];
  return sentences.join(" ");
}

function remedy({ update, delete: gone }: Counts): string {
  const what = [...(update > 0 ? ["put back what was changed"] : []), ...(gone > 0 ? ["create what is gone"] : [])];
  return `Run npx --no delivery up --refresh to ${what.join(" and ")}.`;
}

function brokenSentence({ kind, label, path, after }: LeftAlone): string {
  const value = after.state === "known" ? ` (${path}: ${String(after.value)})` : "";
  return `The ${kind} ${label} does not work as declared${value}.`;
}
