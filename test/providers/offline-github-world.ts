/** The offline edition of the github plugin, with what its tests share. */
import type { State } from "./harness.ts";
import { type OfflineWorld, openOfflineWorld } from "./offline-world.ts";

export const REPOSITORY = "github:index/repository:Repository";

/** Settings of a repository that a test makes. */
export const repositoryInputs = {
  name: "site",
  description: "A Django site",
  visibility: "private",
  topics: ["django", "render"],
  vulnerabilityAlerts: true,
  autoInit: true,
};

/** The plugin on an emulated GitHub. */
export interface GithubWorld extends OfflineWorld {
  /** The calls since the last look, ids left out: R is the repository. */
  githubCalls(): Promise<readonly string[]>;
  /** What a change of the inputs does to each property. */
  changed(token: string, state: State, inputs: object): Promise<Readonly<Record<string, string>>>;
}

/** Opens it. `close` must be called in an `afterEach` hook. */
export async function openGithubWorld(): Promise<GithubWorld> {
  const world = await openOfflineWorld("github", { writeDelayMs: "1" });
  return {
    ...world,
    async githubCalls() {
      return (await world.calls()).map((call) =>
        call
          .replace("/repos/acme/site", "R")
          .replace(/rulesets\/\d+/, "rulesets/ID")
          .replace(/commits\/[0-9a-f]{40}/, "commits/SHA"),
      );
    },
    async changed(token, state, inputs) {
      const checked = await world.plugin.checked(token, { ...inputs });
      return (await world.plugin.diff(token, state, checked)).detailed;
    },
  };
}
