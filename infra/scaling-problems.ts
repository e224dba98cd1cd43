/** What does not agree in the number of the site's instances and its disk, by Render's own rules. */
import { type Problem, removeCommand, setCommand } from "../lib/configuration-problems.ts";
import type { Configuration, PartOf } from "./config.ts";

const DISK = "delivery:site.disk";
const INSTANCES = "delivery:site.instances";
const AUTOSCALING = "delivery:site.autoscaling";

/** Every such problem ("Persistent Disks", "Scaling Render Services"). */
export function* scalingProblems({ site }: Configuration): Generator<Problem> {
  if (!site) return;
  const { autoscaling, disk, instances, plan } = site;
  const paid = setCommand("delivery:site.plan", "starter");
  for (const [key, settings] of Object.entries({ [DISK]: disk, [AUTOSCALING]: autoscaling }))
    if (settings && plan === "free")
      yield { key, problem: "is not offered by the plan `free`", mend: `${paid}   or: ${removeCommand(key)}` };
  const many = [...((instances ?? 1) > 1 ? [INSTANCES] : []), ...(autoscaling ? [AUTOSCALING] : [])];
  if (disk && many.length > 0)
    yield {
      key: DISK,
      problem: "is for a site of one instance: instances cannot share a disk",
      mend: `${many.map(removeCommand).join(" && ")}   or: ${removeCommand(DISK)}`,
    };
  if (autoscaling && instances !== undefined)
    yield {
      key: INSTANCES,
      problem: "is not applied while autoscaling is on: Render chooses the number",
      mend: removeCommand(INSTANCES),
    };
  if (autoscaling) yield* autoscalingProblems(autoscaling);
}

function* autoscalingProblems({
  min,
  max,
  cpu,
  memory,
}: NonNullable<PartOf<"site">["autoscaling"]>): Generator<Problem> {
  if (min > max) {
    const key = `${AUTOSCALING}.max`;
    yield { key, problem: "is less than `min`", mend: setCommand(key, String(min)) };
  }
  if (cpu === undefined && memory === undefined)
    yield {
      key: AUTOSCALING,
      problem: "has neither `cpu` nor `memory` to go by",
      mend: setCommand(`${AUTOSCALING}.cpu`, "70"),
    };
}
