/** A project as Sentry's API shows it. */
import type { Project, Team } from "./data.ts";
import { organizationView } from "./organizations.ts";
import type { Sentry } from "./sentry.ts";

/** Flags that a project gets when the data of that kind first arrives. */
const FLAGS = [
  "hasFeedbacks",
  "hasFlags",
  "hasMinifiedStackTrace",
  "hasMonitors",
  "hasNewFeedbacks",
  "hasProfiles",
  "hasReplays",
  "hasInsightsHttp",
  "hasInsightsDb",
  "hasInsightsAssets",
  "hasInsightsAppStart",
  "hasInsightsScreenLoad",
  "hasInsightsVitals",
  "hasInsightsCaches",
  "hasInsightsQueues",
  "hasInsightsAgentMonitoring",
  "hasInsightsMCP",
  "hasLogs",
  "hasTraceMetrics",
];

/** Settings that only the project itself shows, as they are when nobody set them. */
const DEFAULT_SETTINGS = {
  digestsMinDelay: 300,
  digestsMaxDelay: 1800,
  subjectPrefix: "",
  allowedDomains: ["*"],
  resolveAge: 0,
  dataScrubber: true,
  dataScrubberDefaults: true,
  safeFields: [],
  storeCrashReports: null,
  sensitiveFields: [],
  subjectTemplate: "$shortID - $title",
  securityTokenHeader: null,
  verifySSL: false,
  scrubIPAddresses: false,
  scrapeJavaScript: true,
  enableAutoReleaseCreation: true,
  highlightTags: ["handled", "level"],
  highlightContext: {},
  groupingConfig: "newstyle:2023-01-11",
  groupingEnhancements: "",
  derivedGroupingEnhancements: "",
  secondaryGroupingExpiry: 0,
  secondaryGroupingConfig: null,
  fingerprintingRules: "",
  defaultEnvironment: null,
  relayPiiConfig: null,
  builtinSymbolSources: [],
  dynamicSamplingBiases: null,
  symbolSources: "[]",
  tempestFetchScreenshots: false,
  autofixAutomationTuning: "off",
  seerScannerAutomation: true,
  seerNightshiftTweaks: null,
  scmSourceContextEnabled: false,
  debugFilesRole: null,
};

/** Filters that are never absent; each is a text, a value a line. Terraform's provider of Sentry reads them. */
const DEFAULT_OPTIONS = { "filters:blacklisted_ips": "", "filters:releases": "", "filters:error_messages": "" };

/** The projects that a team has. */
export function projectsOfTeam(sentry: Sentry, team: Team): Project[] {
  return sentry.data.projects.list((project) => project.teamIds.includes(team.id));
}

function teamsOf(sentry: Sentry, project: Project) {
  return project.teamIds.flatMap((id) => {
    const team = sentry.data.teams.get(id);
    return team ? [{ id: team.id, slug: team.slug, name: team.name }] : [];
  });
}

/** What every form of a project has. */
export function projectSummary(sentry: Sentry, project: Project) {
  const counts = (type: string): boolean => sentry.data.itemCounts.get(`${project.id}/${type}`) !== undefined;
  return {
    id: project.id,
    slug: project.slug,
    name: project.name,
    platform: project.platform,
    dateCreated: project.dateCreated,
    isBookmarked: false,
    isMember: true,
    features: ["alert-filters", "minidump", "rate-limits", "releases"],
    firstEvent: project.firstEvent,
    firstTransactionEvent: counts("transaction"),
    access: ["project:read", "project:write", "project:admin", "project:releases", "alerts:read", "alerts:write"],
    hasAccess: true,
    hasSessions: counts("session") || counts("sessions"),
    ...(Object.fromEntries(FLAGS.map((flag) => [flag, false])) as Record<string, boolean>),
    isInternal: false,
    isPublic: false,
    avatar: { avatarType: "letter_avatar", avatarUuid: null, avatarUrl: null },
    color: "#3f70bf",
    status: "active",
  };
}

/** A project in a list, and in the answer to its creation. */
export function projectListView(sentry: Sentry, project: Project) {
  const teams = teamsOf(sentry, project);
  const environments = sentry.data.events
    .list((event) => event.projectId === project.id)
    .map((event) => event.payload["environment"])
    .filter((environment): environment is string => typeof environment === "string");
  return {
    ...projectSummary(sentry, project),
    ...(teams[0] && { team: teams[0] }),
    teams,
    platforms: project.platform ? [project.platform] : [],
    hasUserReports: false,
    environments: [...new Set(environments)],
    latestRelease: latestRelease(sentry, project),
    latestDeploys: null,
  };
}

/** A project with its teams: the answer when one is added or removed. */
export function projectWithTeams(sentry: Sentry, project: Project) {
  return { ...projectSummary(sentry, project), teams: teamsOf(sentry, project) };
}

/** GET /projects/{o}/{p}/. */
export function projectDetail(sentry: Sentry, project: Project) {
  const [team] = teamsOf(sentry, project);
  return {
    ...projectWithTeams(sentry, project),
    ...(team && { team }),
    ...DEFAULT_SETTINGS,
    ...project.settings,
    securityToken: project.id,
    latestRelease: latestRelease(sentry, project),
    options: { ...DEFAULT_OPTIONS, ...project.options },
    highlightPreset: { tags: [], context: {} },
    organization: organizationView(sentry),
    plugins: [],
    platforms: project.platform ? [project.platform] : [],
    processingIssues: 0,
    isDynamicallySampled: false,
  };
}

function latestRelease(sentry: Sentry, project: Project): { version: string } | null {
  const release = sentry.data.releases.list((known) => known.projectIds.includes(project.id)).at(-1);
  return release ? { version: release.version } : null;
}
