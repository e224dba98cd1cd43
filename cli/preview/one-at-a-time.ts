/** Changes that a service does not take together: found in the preview, before anything is changed. */
import type { EngineEvent, Step } from "../engine-events/index.ts";
import { valueAt } from "../report/values/path.ts";

const REPOSITORY = "github:index/repository:Repository";
const SCANNING = ["secretScanning", "secretScanningPushProtection"];

/** Why the planned changes cannot be made in one update, with the steps that can; undefined when they can. */
export function refusedTogether(events: readonly EngineEvent[]): string | undefined {
  const steps = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
  return steps.some(publishesAndScans)
    ? "One update cannot make a repository public and have GitHub look for secrets in it: GitHub takes that setting of a " +
        "public repository only, and its plugin changes the visibility last.\n" +
        "Update in two steps: first `delivery:repository.visibility: public` without `secretScanning: true`, then with it."
    : undefined;
}

/** What the service has counts, as far as it is known: the inputs are those of the last update that went well. */
function publishesAndScans({ op, type, old, new: made }: Step): boolean {
  if (type !== REPOSITORY || op !== "update" || !old || !made) return false;
  if (old.outputs["visibility"] === "public" || made.inputs["visibility"] !== "public") return false;
  return SCANNING.some((name) => {
    const path = ["securityAndAnalysis", name, "status"];
    return valueAt(made.inputs, path) === "enabled" && valueAt(old.outputs, path) !== "enabled";
  });
}
