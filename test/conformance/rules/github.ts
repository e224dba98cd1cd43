/** Rules of emulated GitHub. */
import type { Rule } from "./rule.ts";

const REPOSITORIES = "sandbox/github-repositories.test.ts";
const RULESETS = "sandbox/github-rulesets.test.ts";
const CONTENTS = "sandbox/github-contents.test.ts";
const COLLABORATION = "sandbox/github-collaboration.test.ts";
const LIMITS = "sandbox/account-limits.test.ts";

export const githubRules: readonly Rule[] = [
  {
    rule: "A request that does not name its sender is refused with 403, as text.",
    source: { document: "Getting started with the REST API, User agent required" },
    test: [REPOSITORIES, "refuses a request that does not name its sender"],
  },
  {
    rule: "An answer has an entity tag, and 304 follows it while nothing changed.",
    source: { document: "Best practices for using the REST API" },
    test: [REPOSITORIES, "answers 304 while nothing changed"],
  },
  {
    rule: "A renamed repository is answered with 301 and its new place, until another repository takes the name.",
    source: { document: "Renaming a repository" },
    test: [REPOSITORIES, "redirects a former name until another repository takes it"],
  },
  {
    rule: "An archived repository refuses to be written.",
    source: { document: "Archiving repositories" },
    test: [REPOSITORIES, "makes an archived repository read-only"],
  },
  {
    rule: "Names are unique in any case.",
    source: { measured: "the plugin's Repository against api.github.com's error texts" },
    test: [REPOSITORIES, "refuses a name in use, in any case"],
  },
  {
    rule: "Secret scanning cannot be set where the plan does not have it: 422.",
    source: { measured: "the plugin's Repository, private to public with secretScanning" },
    test: [REPOSITORIES, "sets security features where the plan offers them"],
  },
  {
    rule: "An organization's user shows its plan to admin:org only.",
    source: { document: "REST API endpoints for organizations, Get an organization" },
    test: [LIMITS, "GitHub names a classic token's scopes"],
  },
  {
    rule: "A fine-grained token names no scopes, and what it may not do is 403.",
    source: { document: "Permissions required for fine-grained personal access tokens" },
    test: [LIMITS, "GitHub names no scopes of a fine-grained token"],
  },
  {
    rule: "The free plan has no rulesets of private repositories: 403.",
    source: { document: "Available rules for rulesets" },
    test: [LIMITS, "GitHub's free plan has rulesets of public repositories only"],
  },
  {
    rule: "The question how many calls are left is not counted.",
    source: { document: "REST API endpoints for rate limits" },
    test: [LIMITS, "GitHub tells how many calls are left"],
  },
  {
    rule: "A write past the rules is 409 and tells each rule; a wrong sha is 409, a missing one 422; a merge is 405.",
    source: { measured: "the plugin's RepositoryFile on a branch with rules" },
    test: [RULESETS, "refuses a commit past the rules, and tells each rule"],
  },
  {
    rule: "What replaces a file names the sha that it replaces.",
    source: { measured: "the plugin's RepositoryFile" },
    test: [CONTENTS, "wants the sha of what it replaces"],
  },
  {
    rule: "An actor that has no id is answered with null.",
    source: { measured: "the plugin's RepositoryRuleset with OrganizationAdmin and DeployKey" },
    test: [RULESETS, "answers null for actors that have no id"],
  },
  {
    rule: "A comment has at most 65536 characters.",
    source: { report: "GitHub's own error text, in many clients' issues" },
    test: [COLLABORATION, "refuses a comment that is empty, too long, or on nothing"],
  },
  {
    rule: "A label that an issue is the first to have is made with a default colour.",
    source: { document: "REST API endpoints for labels, Add labels to an issue" },
    test: [COLLABORATION, "makes labels that an issue is the first to have"],
  },
  {
    rule: "A webhook's secret is answered as ********.",
    source: { measured: "the plugin's RepositoryWebhook" },
    test: [COLLABORATION, "keeps webhooks and never shows their secret"],
  },
  {
    rule: "A deploy key opens one repository only.",
    source: { document: "Managing deploy keys" },
    test: [COLLABORATION, "checks deploy keys and lets each open one repository only"],
  },
];
