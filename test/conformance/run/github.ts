/** Everything that the resources of GitHub's plugin that the chain declares ask. */
import type { Plugin } from "../../providers/harness.ts";
import { type Exercise, exerciseAll, type OnCreated } from "./exercise.ts";

const exercises: readonly Exercise[] = [
  {
    token: "github:index/repository:Repository",
    inputs: () => ({
      name: "site",
      description: "A Django site",
      homepageUrl: "https://www.example.com",
      visibility: "private",
      topics: ["django"],
      vulnerabilityAlerts: true,
      autoInit: true,
    }),
    changes: [
      () => ({ description: "The Django site", hasIssues: true }),
      () => ({ topics: ["django", "delivery"] }),
      () => ({ vulnerabilityAlerts: false }),
      () => ({ visibility: "public" }),
    ],
    importIds: () => ["site"],
  },
  {
    token: "github:index/repositoryFile:RepositoryFile",
    inputs: () => ({ repository: "site", branch: "main", file: ".circleci/config.yml", content: "version: 2.1\n" }),
    changes: [() => ({ content: "version: 2.1\njobs: {}\n" })],
    importIds: () => [],
  },
  {
    token: "github:index/repositoryRuleset:RepositoryRuleset",
    inputs: () => ({
      name: "default branch",
      repository: "site",
      target: "branch",
      enforcement: "active",
      bypassActors: [{ actorId: 5, actorType: "RepositoryRole", bypassMode: "always" }],
      conditions: { refName: { includes: ["~DEFAULT_BRANCH"], excludes: [] } },
      rules: {
        deletion: true,
        nonFastForward: true,
        pullRequest: { requiredApprovingReviewCount: 1 },
        requiredStatusChecks: { requiredChecks: [{ context: "ci/test" }] },
      },
    }),
    changes: [() => ({ enforcement: "disabled" })],
    importIds: ({ id }) => [`site:${id}`],
  },
];

/** Leads all resources through their lives. */
export function exerciseGithub(plugin: Plugin, onCreated: OnCreated): Promise<void> {
  return exerciseAll(plugin, exercises, onCreated);
}
