/** Issues and events as Sentry's API shows them. */
import type { Issue, Project, StoredEvent } from "./data.ts";
import type { Sentry } from "./sentry.ts";

type Tag = { key: string; value: string };

/** An issue in a list. */
export function issueView(sentry: Sentry, project: Project, issue: Issue) {
  const [type = issue.title, ...value] = issue.title.split(": ");
  return {
    id: issue.id,
    shortId: `${project.slug.toUpperCase()}-${issue.number.toString(36).toUpperCase()}`,
    title: issue.title,
    culprit: issue.culprit,
    permalink: `${sentry.baseUrl}/organizations/${sentry.organization.slug}/issues/${issue.id}/`,
    logger: null,
    level: issue.level,
    status: "unresolved",
    statusDetails: {},
    isPublic: false,
    platform: project.platform,
    project: { id: project.id, name: project.name, slug: project.slug, platform: project.platform },
    type: "error",
    metadata: { type, value: value.join(": "), filename: "", function: "" },
    numComments: 0,
    assignedTo: null,
    isBookmarked: false,
    isSubscribed: false,
    subscriptionDetails: null,
    hasSeen: false,
    annotations: [],
    shareId: null,
    count: String(issue.count),
    userCount: 0,
    firstSeen: issue.firstSeen,
    lastSeen: issue.lastSeen,
    stats: { "24h": [] },
  };
}

/** An event in a list. */
export function eventSummary(event: StoredEvent) {
  return {
    id: event.id,
    "event.type": "error",
    groupID: event.issueId,
    eventID: event.id,
    projectID: event.projectId,
    message: event.title,
    title: event.title,
    location: null,
    culprit: event.culprit,
    user: null,
    tags: tagsOf(event),
    platform: platformOf(event),
    dateCreated: event.dateReceived,
    crashFile: null,
    metadata: { title: event.title },
  };
}

/** One event by itself. */
export function eventDetail(event: StoredEvent) {
  const { payload } = event;
  return {
    ...eventSummary(event),
    type: "error",
    dateReceived: event.dateReceived,
    size: JSON.stringify(payload).length,
    entries: ["exception", "request", "breadcrumbs", "message"]
      .filter((type) => payload[type] !== undefined)
      .map((type) => ({ type, data: payload[type] })),
    contexts: payload["contexts"] ?? {},
    context: payload["extra"] ?? {},
    packages: payload["modules"] ?? {},
    sdk: payload["sdk"] ?? null,
    dist: null,
    errors: [],
    occurrence: null,
    _meta: {},
    release: payload["release"] ? { version: String(payload["release"]) } : null,
    userReport: null,
    sdkUpdates: [],
    resolvedWith: [],
    nextEventID: null,
    previousEventID: null,
  };
}

function tagsOf(event: StoredEvent): Tag[] {
  const own = ["environment", "level", "release", "server_name", "transaction"].flatMap((key) => {
    const value = event.payload[key];
    return typeof value === "string" && value !== "" ? [{ key, value }] : [];
  });
  const tags = event.payload["tags"];
  const pairs = Array.isArray(tags) ? tags : Object.entries(tags ?? {});
  return [...own, ...pairs.map(([key, value]) => ({ key: String(key), value: String(value) }))];
}

function platformOf(event: StoredEvent): string {
  return String(event.payload["platform"] ?? "other");
}
