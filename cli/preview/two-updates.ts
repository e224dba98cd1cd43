/**
 * Changes that one update cannot make together: the plugin fails on the second when it has made the first. Found in the
 * preview, before anything is changed.
 */
import type { EngineEvent, Step } from "../engine-events/index.ts";
import { valueAt } from "../report/values/path.ts";

/** What cannot go together, and how it goes. */
interface Conflict {
  readonly problem: string;
  readonly nextStep: string;
  /** Whether it is among what is planned. */
  isIn(steps: readonly Step[]): boolean;
}

const REPOSITORY = "github:index/repository:Repository";
const TEAM = "sentry:index/sentryTeam:SentryTeam";
const PROJECT = "sentry:index/sentryProject:SentryProject";

const CONFLICTS: readonly Conflict[] = [
  {
    problem:
      "One update cannot make a repository public and have GitHub look for secrets in it: GitHub takes that setting of a " +
      "public repository only, and its plugin changes the visibility last.",
    nextStep:
      "Update in two steps: first `delivery:repository.visibility: public` without `secretScanning: true`, then with it.",
    isIn: (steps) => steps.some(publishesAndScans),
  },
  {
    // The renamed team is added by the project's old slug, which Sentry redirects; the redirected request fails (404),
    // and so does every later update until the state is refreshed.
    problem:
      "One update cannot give a Sentry team and its project other slugs: Sentry's plugin fails half-way, and then always.",
    nextStep:
      "Update in two steps: first with the old value of `delivery:errors.project`, then with the new one. Where it has " +
      "failed already: `npm run pulumi -- refresh --run-program`.",
    isIn: (steps) => [TEAM, PROJECT].every((type) => steps.some((step) => step.type === type && changesSlug(step))),
  },
];

/** Why the planned changes cannot be made in one update, with the steps that can; undefined when they can. */
export function refusedTogether(events: readonly EngineEvent[]): string | undefined {
  const steps = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
  const conflict = CONFLICTS.find(({ isIn }) => isIn(steps));
  return conflict && `${conflict.problem}\n${conflict.nextStep}`;
}

/** What the service has counts, as far as it is known: the inputs are those of the last update that went well. */
function publishesAndScans({ op, type, old, new: made }: Step): boolean {
  if (type !== REPOSITORY || op !== "update" || !old || !made) return false;
  if (old.outputs["visibility"] === "public" || made.inputs["visibility"] !== "public") return false;
  return ["secretScanning", "secretScanningPushProtection"].some((name) => {
    const path = ["securityAndAnalysis", name, "status"];
    return valueAt(made.inputs, path) === "enabled" && valueAt(old.outputs, path) !== "enabled";
  });
}

function changesSlug({ op, old, new: made }: Step): boolean {
  const slug = old?.outputs["slug"] ?? old?.inputs["slug"];
  return op === "update" && slug !== undefined && made?.inputs["slug"] !== slug;
}
