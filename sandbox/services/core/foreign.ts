/** Keeps web pages of other origins from reading or steering the sandbox through its user's browser. */

/** The names of this machine, and the one under which Docker lets containers reach it ("Docker Desktop: networking"). */
const OWN_NAMES = ["127.0.0.1", "localhost", "[::1]", "host.docker.internal"];

/** Where a site's own pages report their errors ("Envelopes"; the browser's SDK sends from the site's origin). */
const INTAKE = /^\/api\/\d+\/(?:envelope|store)\/$/;

/**
 * True for a request that another page's script made, and for one that reached this address by a foreign name ("DNS
 * rebinding"). Programs other than browsers send no Origin.
 */
export function isForeign(request: Request): boolean {
  const { hostname, origin: own, pathname } = new URL(request.url);
  if (!OWN_NAMES.includes(hostname)) return true;
  const origin = request.headers.get("Origin");
  if (origin === null || origin === own) return false;
  return !(INTAKE.test(pathname) && OWN_NAMES.includes(hostOf(origin)));
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : "";
}
