/** Rules of emulated Sentry. */
import type { Rule } from "./rule.ts";

const PROJECTS = "sandbox/sentry-projects.test.ts";
const KEYS = "sandbox/sentry-keys.test.ts";
const INTAKE = "sandbox/sentry-intake.test.ts";

export const sentryRules: readonly Rule[] = [
  {
    rule: "A path without its closing slash is 404, with a reminder.",
    source: { report: "Sentry's own error text" },
    test: [PROJECTS, "reminds of a forgotten slash"],
  },
  {
    rule: "A new project has a key.",
    source: { measured: "the plugin's SentryProject" },
    test: [PROJECTS, "gives a new project a key"],
  },
  {
    rule: "The routes of alert rules are shut down: 410, with the ones that replace them.",
    source: { report: "getsentry/sentry#124443 and #121879; off by default since 2026-09-15" },
    test: [PROJECTS, "has no alert rules any more, and says by what they are replaced"],
  },
  {
    rule: "A project has its options that are texts, which no description has.",
    source: { measured: "Terraform's Sentry provider 0.15.4" },
    test: [PROJECTS, "has the options of a project that are texts"],
  },
  {
    rule: "A changed slug is answered with 302 and the new one.",
    source: { report: "getsentry/sentry: ProjectMoved" },
    test: [PROJECTS, "changes a project, and redirects its former slug"],
  },
  {
    rule: "Lists are paged by links with results=true or false.",
    source: { document: "Paginating Results" },
    test: [PROJECTS, "pages by cursor, with links on every list"],
  },
  {
    rule: "A release that is there already is answered with 208.",
    source: { report: "getsentry/sentry: organization releases" },
    test: [PROJECTS, "remembers releases and their deploys"],
  },
  {
    rule: "A DSN holds the key, the host and the project's number.",
    source: { document: "Data Source Name (DSN)" },
    test: [KEYS, "puts the key, the host and the project's number into the DSNs"],
  },
  {
    rule: "Events come as envelopes, in any compression, and at the older route too.",
    source: { document: "Envelopes" },
    test: [INTAKE, "takes the key from the query or the envelope's DSN, and events at the older route"],
  },
  {
    rule: "An event that is sent twice is one.",
    source: { document: "Event Payloads" },
    test: [INTAKE, "groups equal errors and counts a repeated event once"],
  },
];
