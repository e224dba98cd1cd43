/** What has to stand in a domain's DNS ("Custom Domains on Render", Configure DNS with your provider). */
import type { CustomDomain } from "../api/answers.ts";

/** One record. */
export interface DnsRecord extends Record<string, unknown> {
  readonly type: "A" | "CNAME";
  /** The whole name. */
  readonly name: string;
  readonly value: string;
}

/** Render's address for an apex, which cannot have a CNAME record; a provider's ALIAS or ANAME record may stand instead. */
const APEX_ADDRESS = "216.24.57.1";
const WILDCARD = "*.";

/**
 * The records of a domain, and of the one that Render added to redirect to it.
 * @param slug the first label of the service's onrender.com name. A wildcard's proofs carry it, not the service's id.
 */
export function dnsRecords(domains: readonly CustomDomain[], slug: string): DnsRecord[] {
  return domains.flatMap(({ name, domainType }): DnsRecord[] => {
    if (domainType === "apex") return [{ type: "A", name, value: APEX_ADDRESS }];
    const own: DnsRecord = { type: "CNAME", name, value: `${slug}.onrender.com` };
    if (!name.startsWith(WILDCARD)) return [own];
    const parent = name.slice(WILDCARD.length);
    return [
      own,
      { type: "CNAME", name: `_acme-challenge.${parent}`, value: `${slug}.verify.renderdns.com` },
      { type: "CNAME", name: `_cf-custom-hostname.${parent}`, value: `${slug}.hostname.renderdns.com` },
    ];
  });
}
