/** Everything that the resources of Sentry's plugin that the chain can declare ask. */
import type { Plugin } from "../../providers/harness.ts";
import { type Exercise, exerciseAll, type OnCreated } from "./exercise.ts";

const of = { organization: "acme" };
const ofProject = { ...of, project: "site" };

const exercises: readonly Exercise[] = [
  {
    token: "sentry:index/sentryTeam:SentryTeam",
    inputs: () => ({ ...of, name: "web", slug: "web" }),
    changes: [() => ({ name: "Web team" })],
    importIds: () => ["acme/web"],
  },
  {
    token: "sentry:index/sentryTeam:SentryTeam",
    name: "another team",
    inputs: () => ({ ...of, name: "ops", slug: "ops" }),
    changes: [],
    importIds: () => [],
  },
  {
    token: "sentry:index/sentryProject:SentryProject",
    inputs: () => ({ ...of, teams: ["web"], name: "site", slug: "site", platform: "other" }),
    changes: [() => ({ name: "The site" }), () => ({ teams: ["ops"] }), () => ({ resolveAge: 720 })],
    importIds: () => ["acme/site"],
  },
  {
    token: "sentry:index/sentryKey:SentryKey",
    inputs: () => ({ ...ofProject, name: "production" }),
    changes: [() => ({ name: "live" }), () => ({ rateLimitCount: 100, rateLimitWindow: 60 })],
    importIds: ({ id }) => [`acme/site/${id}`],
  },
];

/** Leads all resources through their lives. */
export function exerciseSentry(plugin: Plugin, onCreated: OnCreated): Promise<void> {
  return exerciseAll(plugin, exercises, onCreated);
}
