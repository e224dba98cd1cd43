/** The site's custom domains, from the outputs of the stack. */
import type { LiveDomain } from "./findings.ts";
import { type ResourceStep, STACK } from "./steps.ts";
import { cleanText } from "./values/clean.ts";
import { isUnknown } from "./values/marker.ts";
import { valueAt } from "./values/path.ts";

/** Each with the records to set in its DNS; none while the outputs do not tell them. */
export function liveDomains(steps: readonly ResourceStep[]): LiveDomain[] {
  const stack = steps.find(({ type }) => type === STACK);
  const domains = valueAt((stack?.new ?? stack?.old)?.outputs, ["site", "domains"]);
  if (!Array.isArray(domains)) return [];
  return domains.flatMap((domain) => {
    const name = known(domain, "name");
    if (name === undefined) return [];
    const records = valueAt(domain, ["dnsRecords"]);
    return [
      {
        name,
        isVerified: known(domain, "verificationStatus") === "verified",
        records: Array.isArray(records) ? records.flatMap(recordText) : [],
      },
    ];
  });
}

function recordText(record: unknown): string[] {
  const parts = ["type", "name", "value"].map((key) => known(record, key));
  return parts.includes(undefined) ? [] : [parts.join(" ")];
}

function known(holder: unknown, key: string): string | undefined {
  const value = valueAt(holder, [key]);
  return typeof value === "string" && !isUnknown(value) ? cleanText(value) : undefined;
}
