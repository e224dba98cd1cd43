/** The sentence to read if only one is read. */
import type { DriftDetails, LeftAlone, Report } from "../report/index.ts";

/** Adds to the report's own sentence what does not work as declared, and what could not be compared. */
export function driftHeadline(
  { headline, changes }: Pick<Report, "headline" | "changes">,
  details: DriftDetails,
): string {
  const isChanged = changes.some((service) => service.changes.length > 0);
  const broken = details.leftAlone.filter(({ isDrift }) => isDrift);
  const unread = details.unread.map(({ service }) => service);
  const nothing = unread.length > 0 ? "No drift in what was compared." : headline;
  const sentences = [
    ...(isChanged ? [headline] : broken.length === 0 ? [nothing] : []),
    ...broken.map(brokenSentence),
    ...(unread.length > 0 ? [`${unread.join(" and ")} could not be compared.`] : []),
  ];
  return sentences.join(" ");
}

function brokenSentence({ kind, label, path, after }: LeftAlone): string {
  const value = after.state === "known" ? ` (${path}: ${String(after.value)})` : "";
  return `The ${kind} ${label} does not work as declared${value}.`;
}
