/** Rules of emulated CircleCI. */
import type { Rule } from "./rule.ts";

const PROJECTS = "sandbox/circleci-projects.test.ts";
const CONTEXTS = "sandbox/circleci-contexts.test.ts";
const PARTS = "sandbox/circleci-project-parts.test.ts";

export const circleciRules: readonly Rule[] = [
  {
    rule: "A context that is gone is answered with 403, not 404.",
    source: { report: "acceptance test of mrolla/terraform-provider-circleci, #67" },
    test: [CONTEXTS, "takes its variables and restrictions along when it is deleted"],
  },
  {
    rule: "A personal organization of the user's has no id.",
    source: { report: "clients that read GET /me/collaborations" },
    test: [PROJECTS, "names the account's organizations"],
  },
  {
    rule: "gh/acme and github/acme are one organization, escaped or not; a project has a bare id as well.",
    source: { document: "CircleCI API Developer's Guide, project slugs" },
    test: [PROJECTS, "takes a slug in either spelling, escaped or not, and the bare id"],
  },
  {
    rule: "Names of organizations and projects are case-sensitive; GitHub's are not.",
    source: { report: "clients of the API that were measured over the network" },
    test: [PROJECTS, "tells capitals from small letters, where GitHub does not"],
  },
  {
    rule: "A project of an OAuth organization is there once somebody follows it (API v1.1).",
    source: { document: "CircleCI API v1.1, Follow a new project on CircleCI" },
    test: [PROJECTS, "does not know a project before it is followed"],
  },
  {
    rule: "The projects that a token's user follows are one list, of both kinds of organization (API v1.1).",
    source: { document: "CircleCI API v1.1, Get all followed projects" },
    test: [PROJECTS, "lists the followed projects of both kinds of organization"],
  },
  {
    rule: "A project that nobody follows any more is hidden, and has its settings when it is followed again.",
    source: { document: "Stop building a project on CircleCI" },
    test: [PROJECTS, "hides an unfollowed project and gives it back with its settings"],
  },
  {
    rule: "API v2 shows the setting oss and refuses to take it.",
    source: { report: "clients' issues about the v2 settings" },
    test: [PROJECTS, "refuses settings that it does not know, oss among them"],
  },
  {
    rule: "The slug of an App project is opaque.",
    source: { document: "CircleCI API Developer's Guide, project slugs" },
    test: [PROJECTS, "makes App projects, which have opaque slugs"],
  },
  {
    rule: "A variable's value is masked everywhere, and setting it again replaces it.",
    source: { document: "Set an environment variable" },
    test: [PARTS, "masks a variable's value everywhere and replaces it by name"],
  },
  {
    rule: "A list refuses a page token that is not its own.",
    source: { measured: "the plugin's lists read to their end" },
    test: [PARTS, "pages a list to its end and refuses a token of somebody else's"],
  },
];
