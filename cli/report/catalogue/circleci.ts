/** CircleCI's resources. */
import type { ResourceKind } from "./kind.ts";
import { high, low, type Meaning, medium } from "./meaning.ts";
import { at, flag, members, plainly, type Rule } from "./rule.ts";

const setting = (name: string, on: Meaning, off: Meaning): Rule => flag(`settings.${name}`, on, off);

const project: ResourceKind = {
  service: "CircleCI",
  kind: "project",
  labels: ["slug", "name"],
  loss: "Its variables, checkout keys and schedules go with it; CircleCI keeps the builds.",
  unordered: ["settings.prOnlyBranchOverrides"],
  rules: [
    setting(
      "forksReceiveSecretEnvVars",
      high("loosens", "secrets", "builds of forks get them"),
      high("tightens", "secrets", "builds of forks get none"),
    ),
    setting(
      "buildForkPrs",
      high("loosens", "builds", "pull requests of forks are built"),
      high("tightens", "builds", "no pull requests of forks"),
    ),
    setting(
      "oss",
      high("loosens", "builds", "everybody sees them"),
      high("tightens", "builds", "only the organization sees them"),
    ),
    setting(
      "setGithubStatus",
      high("tightens", "checks", "CircleCI reports to GitHub"),
      high("loosens", "checks", "CircleCI reports nothing to GitHub"),
    ),
    setting(
      "disableSsh",
      high("tightens", "builds", "no re-run with SSH"),
      high("loosens", "builds", "re-run with SSH"),
    ),
    setting(
      "writeSettingsRequiresAdmin",
      high("tightens", "settings", "for administrators only"),
      high("loosens", "settings", "not for administrators only"),
    ),
    setting(
      "autocancelBuilds",
      low("starts", "cancelling builds that are outdated"),
      low("stops", "cancelling builds that are outdated"),
    ),
    setting(
      "buildPrsOnly",
      medium("leaves", "branches without a pull request unbuilt"),
      medium("builds", "branches without a pull request"),
    ),
    setting("setupWorkflows", medium("allows", "setup workflows"), medium("forbids", "setup workflows")),
    members(
      "settings.prOnlyBranchOverrides",
      (names) => medium("builds", `${names} without a pull request`),
      (names) => medium("leaves", `${names} unbuilt without a pull request`),
    ),
  ],
};

const variable = (of: string): ResourceKind => ({
  service: "CircleCI",
  kind: `${of} variable`,
  labels: ["name"],
  bookkeeping: ["createdAt", "updatedAt"],
  secrets: ["value"],
  rules: [at("value", ({ label }) => medium("rotates", `the ${of} variable ${label}`))],
  says: {
    create: (label) => medium("adds", `the ${of} variable ${label}`),
    delete: (label) => medium("removes", `the ${of} variable ${label}`),
  },
});

/** By type. */
export const circleci: Readonly<Record<string, ResourceKind>> = {
  "circleci:index:Project": project,
  "circleci:index:Context": {
    service: "CircleCI",
    kind: "context",
    labels: ["name"],
    loss: "Variables that were set there by hand go with it, and no job that names it runs.",
    bookkeeping: ["createdAt"],
    rules: [plainly("name", "the context's name")],
  },
  "circleci:index:ContextVariable": variable("context"),
  "circleci:index:ProjectVariable": variable("project"),
  "circleci:index:ContextRestriction": {
    service: "CircleCI",
    kind: "context restriction",
    labels: [],
    bookkeeping: ["restrictionId"],
    says: {
      create: () => high("tightens", "secrets", "fewer jobs get the context's variables"),
      delete: () => high("loosens", "secrets", "more jobs get the context's variables"),
    },
  },
  "circleci:index:CheckoutKey": {
    service: "CircleCI",
    kind: "checkout key",
    labels: ["type"],
    bookkeeping: ["createdAt"],
    says: {
      create: (label) => high("adds", `a key (${label}) with which builds read the repository`),
      delete: (label) => high("removes", `the key (${label}) with which builds read the repository`),
    },
  },
  "circleci:index:PipelineDefinition": { service: "CircleCI", kind: "pipeline", labels: ["name"] },
  "circleci:index:Trigger": { service: "CircleCI", kind: "trigger", labels: ["eventName", "name"] },
};
