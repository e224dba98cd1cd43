/** Where a service's site is: a loopback port of its own, in place of a name below onrender.com. */
import type { Service } from "../model.ts";

const LOOPBACK = "127.0.0.1";

/** Address of the site, the same for every deploy. */
export function siteUrl({ sitePort }: Pick<Service, "sitePort">): string {
  return `http://${LOOPBACK}:${sitePort}`;
}

/** Host name of the site, as the Host header has it. */
export function siteHost({ sitePort }: Pick<Service, "sitePort">): string {
  return `${LOOPBACK}:${sitePort}`;
}

/** Name of the site as Render tells it to the instance: a name alone, to compare with what Django allows. */
export function siteHostname(): string {
  return LOOPBACK;
}
