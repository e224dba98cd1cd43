/** GitHub's resources. */
import type { ResourceKind } from "./kind.ts";
import { high, low, medium } from "./meaning.ts";
import { at, enumeration, flag, knownValue, members, notably, plainly, type Rule, stricter } from "./rule.ts";

const approvals = (count: number): string => (count === 1 ? "1 approval" : `${count} approvals`);

/** A switch of a repository that only changes what its page offers. */
const offers = (property: string, what: string): Rule =>
  flag(property, low("switches", `${what} on`), low("switches", `${what} off`));

const merges = (property: string, what: string): Rule =>
  flag(property, medium("allows", what), medium("forbids", what));

/** A switch that makes something stricter. */
const guards = (property: string, what: string, on: string, off: string): Rule =>
  flag(property, high("tightens", what, on), high("loosens", what, off));

const scanning = (property: string, what: string): Rule =>
  guards(`securityAndAnalysis.${property}.status`, "security", `${what} on`, `${what} off`);

const alerts = (property: string): Rule =>
  guards(property, "security", "alerts on vulnerable dependencies", "no alerts on vulnerable dependencies");

const REVIEW = "rules.pullRequest";

const repository: ResourceKind = {
  service: "GitHub",
  kind: "repository",
  labels: ["fullName", "name"],
  loss: "Its code, issues, pull requests and releases go with it.",
  unordered: ["topics"],
  // `vulnerabilityAlerts` follows from the resource of its own that declares them.
  bookkeeping: ["etag", "nodeId", "private", "primaryLanguage", "repoId", "vulnerabilityAlerts"],
  // The engine keeps the id of a repository that was renamed, and the vendor's plugin reads the name from it.
  misread: (path, wanted, { fullName }) => path === "name" && String(fullName).endsWith(`/${wanted}`),
  rules: [
    at("visibility", ({ change, label }) => high("makes", `the repository ${label} ${knownValue(change.after)}`)),
    at("name", ({ change }) => high("renames", `the repository to ${knownValue(change.after)}`)),
    flag("archived", high("archives", "the repository"), high("unarchives", "the repository")),
    alerts("vulnerabilityAlerts"),
    scanning("secretScanning", "secret scanning"),
    scanning("secretScanningPushProtection", "push protection"),
    merges("allowMergeCommit", "merge commits"),
    merges("allowSquashMerge", "squash merges"),
    merges("allowRebaseMerge", "rebase merges"),
    merges("allowAutoMerge", "pull requests to merge themselves"),
    merges("allowForking", "forks"),
    offers("deleteBranchOnMerge", "deletion of merged branches"),
    offers("hasIssues", "issues"),
    offers("hasWiki", "the wiki"),
    offers("hasProjects", "projects"),
    offers("hasDiscussions", "discussions"),
    plainly("description", "the repository's description"),
    plainly("homepageUrl", "the repository's home page"),
    members(
      "topics",
      (names) => low("adds", "topics", names),
      (names) => low("removes", "topics", names),
    ),
  ],
};

const ruleset: ResourceKind = {
  service: "GitHub",
  kind: "ruleset",
  labels: ["name"],
  unordered: [
    "bypassActors",
    "rules.requiredStatusChecks.requiredChecks",
    `${REVIEW}.allowedMergeMethods`,
    "conditions.refName.includes",
    "conditions.refName.excludes",
  ],
  bookkeeping: ["etag", "nodeId", "rulesetId"],
  says: {
    create: (label) => high("tightens", "rules", `the ruleset ${label} begins`),
    delete: (label) => high("loosens", "rules", `the ruleset ${label} ends`),
    forget: (label) => medium("forgets", `the ruleset ${label}, which goes on at GitHub`),
  },
  rules: [
    stricter(`${REVIEW}.requiredApprovingReviewCount`, "reviews", approvals),
    guards(
      `${REVIEW}.requireCodeOwnerReview`,
      "reviews",
      "a code owner has to approve",
      "no code owner has to approve",
    ),
    guards(`${REVIEW}.dismissStaleReviewsOnPush`, "reviews", "a push voids approvals", "approvals outlive a push"),
    guards(`${REVIEW}.requireLastPushApproval`, "reviews", "the last push needs approval", "the last push needs none"),
    guards(`${REVIEW}.requiredReviewThreadResolution`, "reviews", "threads must be settled", "threads may stay open"),
    members(
      `${REVIEW}.allowedMergeMethods`,
      (names) => medium("allows", `merging by ${names}`),
      (names) => medium("forbids", `merging by ${names}`),
    ),
    members(
      "rules.requiredStatusChecks.requiredChecks",
      (names) => high("tightens", "checks", `${names} must pass`),
      (names) => high("loosens", "checks", `${names} need not pass`),
    ),
    guards(
      "rules.requiredStatusChecks.strictRequiredStatusChecksPolicy",
      "checks",
      "on an up-to-date branch",
      "also on an old branch",
    ),
    guards("rules.requiredLinearHistory", "history", "no merge commits", "merge commits allowed"),
    guards("rules.requiredSignatures", "history", "signed commits only", "unsigned commits allowed"),
    guards("rules.nonFastForward", "history", "no forced pushes", "forced pushes allowed"),
    guards("rules.deletion", "rules", "the branch cannot be deleted", "the branch can be deleted"),
    members(
      "bypassActors",
      (names) => high("loosens", "rules", `${names} may pass them`),
      (names) => high("tightens", "rules", `${names} may pass them no longer`),
    ),
    at("enforcement", ({ change }) => {
      const to = knownValue(change.after);
      return high(
        to === "active" ? "tightens" : "loosens",
        `rules: they are ${to === "active" ? "enforced" : `set to ${to}`}`,
      );
    }),
    ...["includes", "excludes"].map((side) =>
      at(`conditions.refName.${side}`, () => high("changes", "which branches the rules protect")),
    ),
    plainly("name", "the ruleset's name"),
  ],
};

const file: ResourceKind = {
  service: "GitHub",
  kind: "file",
  labels: ["file"],
  bookkeeping: ["sha", "commitSha", "ref", "branch"],
  rules: [
    at("content", ({ label }) => medium("changes", `the file ${label}`)),
    at("file", ({ change }) => medium("moves", `a file to ${knownValue(change.after)}`)),
    plainly("commitMessage", "a commit's message"),
  ],
};

/** By type. */
export const github: Readonly<Record<string, ResourceKind>> = {
  "github:index/repository:Repository": repository,
  "github:index/repositoryRuleset:RepositoryRuleset": ruleset,
  "github:index/repositoryFile:RepositoryFile": file,
  "github:index/repositoryVulnerabilityAlerts:RepositoryVulnerabilityAlerts": {
    service: "GitHub",
    kind: "vulnerability alerts",
    labels: ["repository"],
    bookkeeping: ["repositoryId"],
    rules: [alerts("enabled")],
    says: { create: (label) => low("sets", `the vulnerability alerts of ${label}`) },
  },
  "github:index/branchDefault:BranchDefault": {
    service: "GitHub",
    kind: "default branch",
    labels: ["branch"],
    rules: [notably("branch", "the default branch")],
  },
  "github:index/repositoryEnvironment:RepositoryEnvironment": {
    service: "GitHub",
    kind: "environment",
    labels: ["environment"],
    loss: "Its secrets, variables and deployment history go with it.",
  },
  "github:index/repositoryCollaborators:RepositoryCollaborators": {
    service: "GitHub",
    kind: "list of collaborators",
    labels: ["repository"],
    unordered: ["users", "teams"],
    rules: [
      members(
        "users",
        (names) => high("allows", `${names} into the repository`),
        (names) => high("removes", `${names} from the repository`),
      ),
      members(
        "teams",
        (names) => high("allows", `${names} into the repository`),
        (names) => high("removes", `${names} from the repository`),
      ),
    ],
    says: { create: (label) => medium("sets", `who works on ${enumeration([label])}`) },
  },
};
