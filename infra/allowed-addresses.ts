/** Who reaches a database or cache from outside of Render, as the configuration says it. */
import { z } from "zod";
import { text } from "../lib/configuration-fields.ts";

/** A block of addresses, of either version of the Internet Protocol. */
const CIDR = new RegExp(`${z.regexes.cidrv4.source}|${z.regexes.cidrv6.source}`);

const addresses = text("a block of addresses, such as 203.0.113.7/32", "203.0.113.7/32", CIDR);
const described = z.strictObject({ cidr: addresses, description: text("whose addresses they are", "'The office'") });
const allowed = z.union([
  described,
  text("a block of addresses, or a map of `cidr` and `description`", "203.0.113.7/32", CIDR),
]);

/** The site itself comes over Render's private network, whatever stands here. */
export const allowedAddresses = z.array(allowed).default([]);

/** A block with whose it is. */
export interface AllowedBlock {
  readonly cidr: string;
  readonly description: string;
}

/** The blocks, each with a description. */
export function describedBlocks(allow: z.output<typeof allowedAddresses>, description: string): AllowedBlock[] {
  return allow.map((entry) => (typeof entry === "string" ? { cidr: entry, description } : entry));
}

/** The same in Render's words. Left out, Render would let the whole world in. */
export function ipAllowList(allow: readonly AllowedBlock[]): { cidrBlock: string; description: string }[] {
  return allow.map(({ cidr, description }) => ({ cidrBlock: cidr, description }));
}
