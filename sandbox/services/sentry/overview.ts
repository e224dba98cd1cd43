/** What the emulated Sentry has, for people to look at. Of keys only the name: a legacy DSN holds a secret. */
import { type ObjectGroup, objectGroup, type ShownObject } from "../core/overview.ts";
import type { ClientKey, Issue, Project, Release, Team } from "./data.ts";
import type { Sentry } from "./sentry.ts";

/** The kinds worth showing, the newest objects of each; the errors by when they were last seen. */
export function sentryOverview(sentry: Sentry): ObjectGroup[] {
  const { teams, projects, keys, releases, issues } = sentry.data;
  const projectSlug = (id: string): string => projects.get(id)?.slug ?? id;
  const bySight = issues.list().sort((a, b) => (a.lastSeen < b.lastSeen ? -1 : 1));
  return [
    objectGroup("Teams", teams.list(), showTeam),
    objectGroup("Projects", projects.list(), showProject),
    objectGroup("Keys", keys.list(), (key) => showKey(key, projectSlug(key.projectId))),
    objectGroup("Releases", releases.list(), showRelease),
    objectGroup("Errors", bySight, (issue) => showIssue(issue, projectSlug(issue.projectId))),
  ];
}

function showTeam(team: Team): ShownObject {
  return { id: team.id, name: team.name, detail: team.slug, time: team.dateCreated };
}

function showProject(project: Project): ShownObject {
  return {
    id: project.id,
    name: project.slug,
    ...(project.platform && { detail: `platform ${project.platform}` }),
    time: project.dateCreated,
  };
}

function showKey(key: ClientKey, project: string): ShownObject {
  return {
    id: key.id,
    name: key.name,
    detail: `of ${project}`,
    status: key.isActive ? { text: "active", tone: "good" } : { text: "inactive", tone: "quiet" },
    time: key.dateCreated,
  };
}

function showRelease(release: Release): ShownObject {
  return { id: String(release.id), name: release.version, time: release.dateCreated };
}

function showIssue(issue: Issue, project: string): ShownObject {
  return {
    id: issue.id,
    name: issue.title,
    detail: issue.culprit ? `${issue.culprit}, in ${project}` : `in ${project}`,
    status: { text: issue.count === 1 ? "once" : `${issue.count} times`, tone: "bad" },
    time: issue.lastSeen,
  };
}
