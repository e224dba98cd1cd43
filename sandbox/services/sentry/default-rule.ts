/** The alert that Sentry gives a new project. */
import type { AlertRule } from "./data.ts";

/** Mails when an issue of high priority is new or becomes one. */
export function defaultRule(id: string, projectId: string, dateCreated: string): AlertRule {
  return {
    id,
    projectId,
    name: "Send a notification for high priority issues",
    conditions: [
      { id: "sentry.rules.conditions.high_priority_issue.NewHighPriorityIssueCondition" },
      { id: "sentry.rules.conditions.high_priority_issue.ExistingHighPriorityIssueCondition" },
    ],
    filters: [],
    actions: [
      {
        id: "sentry.mail.actions.NotifyEmailAction",
        targetType: "IssueOwners",
        targetIdentifier: null,
        fallthroughType: "ActiveMembers",
      },
    ],
    actionMatch: "any",
    filterMatch: "all",
    frequency: 30,
    environment: null,
    owner: null,
    dateCreated,
  };
}
