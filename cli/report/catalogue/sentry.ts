/** Sentry's resources. */
import type { ResourceKind } from "./kind.ts";
import { high, low, medium } from "./meaning.ts";
import { at, knownValue, members, notably, plainly } from "./rule.ts";

const alert: ResourceKind = {
  service: "Sentry",
  kind: "alert",
  labels: ["name"],
  bookkeeping: ["internalId"],
  rules: [
    ...["conditions", "filters", "actions", "frequency", "actionMatch", "filterMatch"].map((property) =>
      at(property, ({ label }) => medium("changes", `when or whom the alert ${label} tells`)),
    ),
    plainly("name", "the alert's name"),
  ],
};

/** By type. */
export const sentry: Readonly<Record<string, ResourceKind>> = {
  "sentry:index/sentryProject:SentryProject": {
    service: "Sentry",
    kind: "project",
    labels: ["slug", "name"],
    loss: "Its issues, events, alerts and keys go with it.",
    unordered: ["teams"],
    bookkeeping: ["internalId", "projectId", "features", "status", "isPublic", "color"],
    rules: [
      at("slug", ({ change }) =>
        high("renames", `the Sentry project to ${knownValue(change.after)}`, "its links change"),
      ),
      plainly("name", "the Sentry project's name"),
      notably("platform", "the Sentry project's platform"),
      notably("resolveAge", "after how many hours issues count as resolved"),
      members(
        "teams",
        (names) => medium("adds", `the team ${names} to the Sentry project`),
        (names) => medium("removes", `the team ${names} from the Sentry project`),
      ),
    ],
  },
  "sentry:index/sentryKey:SentryKey": {
    service: "Sentry",
    kind: "key",
    labels: ["name"],
    loss: "Whatever still sends errors to its DSN is refused.",
    bookkeeping: ["projectId", "dsnPublic", "dsnSecret", "dsnCsp", "public", "secret"],
    secrets: ["secret", "dsnSecret"],
    rules: [
      at("rateLimitCount", ({ change }) =>
        medium("sets", `the limit of errors to ${knownValue(change.after) ?? "none"}`),
      ),
      at("rateLimitWindow", ({ change }) =>
        medium("sets", `the time of the error limit to ${knownValue(change.after) ?? "none"} s`),
      ),
      at("project", ({ change }) => {
        const to = knownValue(change.after);
        return to === undefined
          ? low("follows", "the Sentry project with its key")
          : high("moves", `the key to the Sentry project ${to}`);
      }),
      plainly("name", "the key's name"),
    ],
  },
  "sentry:index/sentryTeam:SentryTeam": {
    service: "Sentry",
    kind: "team",
    labels: ["slug", "name"],
    loss: "Its members and what is assigned to it go with it.",
    bookkeeping: ["internalId", "hasAccess", "isMember", "isPending", "teamId"],
    rules: [
      at("slug", ({ change }) => medium("renames", `the Sentry team to ${knownValue(change.after)}`)),
      plainly("name", "the Sentry team's name"),
    ],
  },
  "sentry:index/sentryIssueAlert:SentryIssueAlert": alert,
  "sentry:index/sentryRule:SentryRule": alert,
};
