/** Everything the emulated Sentry remembers, by kind. */
import type { Collection, Store } from "../core/service.ts";

/** A team of the organization. */
export interface Team {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly dateCreated: string;
}

/** A project; its id is part of its DSNs. */
export interface Project {
  readonly id: string;
  readonly slug: string;
  /** Slugs that it had before; Sentry redirects them. */
  readonly formerSlugs: readonly string[];
  readonly name: string;
  readonly platform: string | null;
  readonly teamIds: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** Options that a request has set, by their internal names. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly firstEvent: string | null;
  readonly dateCreated: string;
}

/** A client key: what a DSN is made of. Its id is its public part. */
export interface ClientKey {
  readonly id: string;
  readonly secret: string;
  readonly projectId: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly rateLimit: { readonly count: number; readonly window: number } | null;
  readonly dateCreated: string;
}

/** A release of the organization's projects. */
export interface Release {
  readonly id: number;
  readonly version: string;
  readonly projectIds: readonly string[];
  readonly ref: string | null;
  readonly url: string | null;
  readonly dateCreated: string;
  readonly dateReleased: string | null;
  readonly deploys: readonly {
    readonly id: string;
    readonly environment: string;
    readonly name: string | null;
    readonly dateFinished: string;
  }[];
}

/** A group of equal events. */
export interface Issue {
  readonly id: string;
  readonly projectId: string;
  readonly number: number;
  readonly fingerprint: string;
  readonly title: string;
  readonly culprit: string;
  readonly level: string;
  readonly count: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** An event as a client sent it. */
export interface StoredEvent {
  readonly id: string;
  readonly projectId: string;
  readonly issueId: string;
  readonly title: string;
  readonly culprit: string;
  readonly dateReceived: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** How many envelope items of a type a project got. */
export interface ItemCount {
  readonly projectId: string;
  readonly type: string;
  readonly count: number;
}

/** The collections. */
export interface SentryData {
  readonly teams: Collection<Team>;
  readonly projects: Collection<Project>;
  readonly keys: Collection<ClientKey>;
  readonly releases: Collection<Release>;
  readonly issues: Collection<Issue>;
  readonly events: Collection<StoredEvent>;
  readonly itemCounts: Collection<ItemCount>;
}

/** Opens the collections in a store. */
export function openData(store: Store): SentryData {
  return {
    teams: store.collection("team"),
    projects: store.collection("project"),
    keys: store.collection("key"),
    releases: store.collection("release"),
    issues: store.collection("issue"),
    events: store.collection("event"),
    itemCounts: store.collection("item-count"),
  };
}

/** Forgets a project and all that belongs to it. A release goes with its last project. */
export function deleteProject(data: SentryData, project: Project): void {
  const isPart = (part: { readonly projectId: string }): boolean => part.projectId === project.id;
  for (const key of data.keys.list(isPart)) data.keys.delete(key.id);
  for (const issue of data.issues.list(isPart)) data.issues.delete(issue.id);
  for (const event of data.events.list(isPart)) data.events.delete(event.id);
  for (const item of data.itemCounts.list(isPart)) data.itemCounts.delete(`${item.projectId}/${item.type}`);
  for (const release of data.releases.list((release) => release.projectIds.includes(project.id))) {
    const projectIds = release.projectIds.filter((id) => id !== project.id);
    if (projectIds.length === 0) data.releases.delete(release.version);
    else data.releases.put(release.version, { ...release, projectIds });
  }
  data.projects.delete(project.id);
}
