/** What Sentry's routes share. */
import type { Context } from "hono";
import type { ServiceContext } from "../core/service.ts";
import { VendorError } from "../core/vendor-error.ts";
import { openData, type Project, type SentryData, type Team } from "./data.ts";
import { notFound } from "./errors.ts";

/** The one organization. */
export interface Organization {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly dateCreated: string;
}

/** The emulated Sentry's state and surroundings. */
export interface Sentry {
  readonly data: SentryData;
  readonly organization: Organization;
  readonly baseUrl: string;
  /** Scopes of the token. */
  readonly scopes: readonly string[];
  /** Time in Sentry's form: ISO 8601 with microseconds. */
  now(): string;
  /** An id that no other object has. */
  nextId(): string;
  /** The next number of a sequence. */
  next(sequence: string): number;
  transaction<T>(work: () => T): T;
}

/** Scopes of an organization token that the whole chain needs. */
const SCOPES = ["org:read", "org:ci", "team:admin", "project:admin", "project:releases", "alerts:write", "event:read"];
const FIRST_ID = 4_500_000;

/** Opens the emulated Sentry on a service's context. */
export function openSentry(context: ServiceContext): Sentry {
  return {
    data: openData(context.store),
    organization: {
      id: "1",
      slug: context.account.owner,
      name: context.account.owner,
      dateCreated: "2020-01-01T00:00:00.000000Z",
    },
    baseUrl: context.baseUrl,
    scopes: context.account.limits?.sentryScopes ?? SCOPES,
    now: () => context.now().replace(/(\.\d{3})Z$/, "$1000Z"),
    nextId: () => String(FIRST_ID + context.store.next("id")),
    next: (sequence) => context.store.next(sequence),
    transaction: (work) => context.store.transaction(work),
  };
}

/** Throws 404 unless the path's organization is the one that exists. */
export function checkOrganization(sentry: Sentry, c: Context): void {
  const wanted = c.req.param("organization");
  if (wanted !== sentry.organization.slug && wanted !== sentry.organization.id) throw notFound();
}

/** The path's team, by slug or id. Throws 404. */
export function teamOf(sentry: Sentry, c: Context): Team {
  checkOrganization(sentry, c);
  const wanted = c.req.param("team");
  const team = sentry.data.teams.find((known) => known.slug === wanted || known.id === wanted);
  if (!team) throw notFound();
  return team;
}

/** The path's project, by slug or id. Throws 404, or 302 for a slug that it had before. */
export function projectOf(sentry: Sentry, c: Context): Project {
  checkOrganization(sentry, c);
  const wanted = c.req.param("project") ?? "";
  const project = sentry.data.projects.find((known) => known.slug === wanted || known.id === wanted);
  if (project) return project;
  const moved = sentry.data.projects.find((known) => known.formerSlugs.includes(wanted));
  if (!moved) throw notFound();
  const path = c.req.path.replace(`/${wanted}/`, `/${moved.slug}/`);
  const extra = { url: path, slug: moved.slug };
  const detail = { code: "resource-moved", message: "Resource has been moved", extra };
  throw new VendorError(302, { slug: moved.slug, detail }, { Location: path });
}
