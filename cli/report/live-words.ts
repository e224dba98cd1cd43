/** The words for what is live. */
import type { LiveDomain, Report } from "./report.ts";

/** One fact about what runs. */
export interface LiveRow {
  readonly name: string;
  /** Undefined while it is not known. */
  readonly value: string | undefined;
  /** What it was, or is until the update. */
  readonly before: string | undefined;
  /** What to say in the place of a value that is not known. */
  readonly later: string;
}

/** What runs; nothing after a failed preview, whose outputs are half of the truth. */
export function liveRows({ live, domains = [], operation, outcome }: Report): LiveRow[] {
  if (operation === "preview" && outcome === "failed") return [];
  const rows = [
    { name: "Address", fact: live?.url, later: "known after the update" },
    { name: "Tag", fact: live?.tag, later: "known after the update" },
    { name: "Digest", fact: live?.digest, later: operation === "preview" ? "known after the build" : "not known" },
  ];
  return [
    ...rows.flatMap(({ name, fact, later }) => (fact ? [{ name, value: fact.value, before: fact.before, later }] : [])),
    ...domains.map((domain) => ({ name: "Domain", value: domainText(domain), before: undefined, later: "" })),
  ];
}

/** What is still to do for it stands in one line, to be copied into the form of the DNS's provider. */
function domainText({ name, isVerified, records }: LiveDomain): string {
  if (isVerified) return `${name}, verified`;
  return `${name}, not verified; its DNS needs ${records.join(", ") || "the records that the outputs name"}`;
}

/** The heading above them. */
export function liveTitle({ operation, outcome }: Report): string {
  if (operation === "drift") return "What the stack says is live";
  if (operation === "up") return outcome === "failed" ? "What the stack says is live" : "Live now";
  return outcome === "no changes" ? "Live" : "Live after the update";
}
