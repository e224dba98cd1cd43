/** Keeps events and groups equal ones into issues. */
import { createHash, randomUUID } from "node:crypto";
import type { Issue, Project, StoredEvent } from "./data.ts";
import type { Sentry } from "./sentry.ts";

type Payload = Readonly<Record<string, unknown>>;

/** Stores an error event, once however often it is sent; the first one of a project is remembered on it. */
export function storeEvent(sentry: Sentry, project: Project, payload: Payload): StoredEvent {
  const id = eventId(payload["event_id"]);
  const known = sentry.data.events.get(id);
  if (known?.projectId === project.id) return known;
  const dateReceived = sentry.now();
  const issue = issueFor(sentry, project, payload, dateReceived);
  const event: StoredEvent = {
    id,
    projectId: project.id,
    issueId: issue.id,
    title: issue.title,
    culprit: issue.culprit,
    dateReceived,
    payload,
  };
  sentry.data.events.put(event.id, event);
  countItem(sentry, project, "event");
  if (!project.firstEvent) sentry.data.projects.put(project.id, { ...project, firstEvent: dateReceived });
  return event;
}

/** Counts what is not kept: sessions, transactions, client reports. */
export function countItem(sentry: Sentry, project: Project, type: string): void {
  const id = `${project.id}/${type}`;
  const count = (sentry.data.itemCounts.get(id)?.count ?? 0) + 1;
  sentry.data.itemCounts.put(id, { projectId: project.id, type, count });
}

/** An event's id in Sentry's form: 32 hexadecimal digits. */
export function eventId(given: unknown): string {
  const id = typeof given === "string" ? given.replaceAll("-", "").toLowerCase() : "";
  return /^[0-9a-f]{32}$/.test(id) ? id : randomUUID().replaceAll("-", "");
}

function issueFor(sentry: Sentry, project: Project, payload: Payload, seen: string): Issue {
  const title = titleOf(payload);
  const culprit = text(payload["transaction"]) || text(payload["culprit"]);
  const fingerprint = fingerprintOf(payload, title);
  const ofProject = sentry.data.issues.list((issue) => issue.projectId === project.id);
  const known = ofProject.find((issue) => issue.fingerprint === fingerprint);
  const issue: Issue = known
    ? { ...known, count: known.count + 1, lastSeen: seen }
    : {
        id: sentry.nextId(),
        projectId: project.id,
        number: ofProject.length + 1,
        fingerprint,
        title,
        culprit,
        level: text(payload["level"]) || "error",
        count: 1,
        firstSeen: seen,
        lastSeen: seen,
      };
  return sentry.data.issues.put(issue.id, issue);
}

function titleOf(payload: Payload): string {
  const exception = lastException(payload);
  if (exception) {
    const type = text(exception["type"]) || "Error";
    const value = text(exception["value"]).split("\n")[0];
    return value ? `${type}: ${value}` : type;
  }
  const entry = asObject(payload["logentry"]);
  return text(entry?.["formatted"]) || text(entry?.["message"]) || text(payload["message"]) || "<unlabeled event>";
}

/** What the client chose, else the exception's type and place, else the title. */
function fingerprintOf(payload: Payload, title: string): string {
  const chosen = payload["fingerprint"];
  if (Array.isArray(chosen) && !chosen.includes("{{ default }}")) return digest(chosen);
  const exception = lastException(payload);
  if (!exception) return digest([title]);
  const frames = asObject(exception["stacktrace"])?.["frames"];
  const frame = asObject(Array.isArray(frames) ? frames.at(-1) : undefined);
  return digest([exception["type"], frame?.["module"], frame?.["function"], frame ? "" : title]);
}

function digest(parts: readonly unknown[]): string {
  return createHash("sha1").update(JSON.stringify(parts)).digest("hex");
}

function lastException(payload: Payload): Payload | undefined {
  const exception = payload["exception"];
  const values = Array.isArray(exception) ? exception : asObject(exception)?.["values"];
  return asObject(Array.isArray(values) ? values.at(-1) : undefined);
}

function asObject(value: unknown): Payload | undefined {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Payload) : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
