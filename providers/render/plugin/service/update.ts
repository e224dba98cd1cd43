/** Update of a service: writes what differs, then one deploy when something needs one. */

import { createOnce } from "../../../kit/create-once.ts";
import type { UpdateContext } from "../../../kit/resource.ts";
import type { Deploy, ImageService } from "../api/answers.ts";
import { addCustomDomain, removeCustomDomain } from "../api/custom-domains.ts";
import { patchDisk, postDisk } from "../api/disks.ts";
import { joinEnvironment, leaveEnvironment } from "../api/environments.ts";
import { removeSecretFile, setSecretFile } from "../api/secret-files.ts";
import { findService, patchService, putAutoscaling, removeAutoscaling, scaleService } from "../api/services.ts";
import { generateVariable, removeVariable, setVariable } from "../api/variables.ts";
import type { ApiContext, RenderClient } from "../client.ts";
import { isPending } from "../deploys/history.ts";
import { startDeploy } from "../deploys/start.ts";
import { describeOutputs } from "./describe.ts";
import { type DiskChange, diskObstacle } from "./disk.ts";
import { finishDeploy } from "./finish.ts";
import type { ServiceInputs } from "./inputs.ts";
import type { ServiceKind } from "./kinds.ts";
import { asKind, type ObservedService, observeExisting } from "./observe.ts";
import type { PriorService, ServiceOutputs } from "./outputs.ts";
import { planUpdate, type UpdatePlan } from "./plan.ts";
import { planProblem } from "./plan-change.ts";
import { isAutoscaled } from "./settings.ts";

const AUTOSCALED = "autoscaling is on, so Render chooses the number of instances; numInstances is not applied";

/**
 * Brings the service to what is declared. A deploy that an earlier run started and did not see the end of is
 * followed, not repeated. Throws before writing anything when the service is suspended, or cannot be given its plan or disk.
 */
export async function updateService(
  kind: ServiceKind,
  context: UpdateContext<RenderClient, ServiceOutputs>,
  id: string,
  prior: PriorService,
  inputs: ServiceInputs,
): Promise<ServiceOutputs> {
  const before = await observeExisting(context, kind, id, inputs.ownerId);
  refuseSuspended(before.service);
  refusePlan(before.service, inputs);
  refuseDisk(before.service, prior.outputs, inputs);
  if (inputs.numInstances !== undefined && isAutoscaled(before.service)) context.log("warning", AUTOSCALED);
  const plan = planUpdate(kind, before, prior.outputs, inputs);
  await write(context, kind, id, plan);
  const deploy = plan.deployReasons.length > 0 ? await start(context, id, plan) : underWay(before, prior, inputs);
  if (deploy) {
    context.updated({ ...describeOutputs(kind, before, inputs), deployId: deploy.id, deployStatus: deploy.status });
  }
  const after = await observeExisting(context, kind, id, inputs.ownerId);
  reportUndeclared(context, prior, describeOutputs(kind, after, inputs));
  return finishDeploy(kind, context, after, inputs, deploy?.id);
}

/** The deploy to wait for when none is needed. Under external management a pipeline's own is none of ours. */
function underWay({ deploys }: ObservedService, prior: PriorService, inputs: ServiceInputs): Deploy | undefined {
  const { newest } = deploys;
  const ours = inputs.imageManagement === "declared" || newest?.id === prior.outputs.deployId;
  return ours && newest && isPending(newest) ? newest : undefined;
}

function refuseSuspended(service: ImageService): void {
  if (service.suspended !== "suspended") return;
  const by = service.suspenders.length > 0 ? ` (by: ${service.suspenders.join(", ")})` : "";
  throw new Error(
    `service "${service.name}" is suspended${by}, and a suspended service cannot be deployed. Nothing was changed. ` +
      `Resume it at ${service.dashboardUrl}, then run the same command again`,
  );
}

function refusePlan(service: ImageService, { plan }: ServiceInputs): void {
  const problem = planProblem(plan, service.serviceDetails.plan);
  if (problem) throw new Error(`plan of service "${service.name}": ${problem}. Nothing was changed`);
}

function refuseDisk(service: ImageService, before: ServiceOutputs, inputs: ServiceInputs): void {
  const problem = diskObstacle(service, before, inputs);
  if (problem) throw new Error(`service "${service.name}": ${problem}. Nothing was changed`);
}

async function write(api: ApiContext, kind: ServiceKind, id: string, plan: UpdatePlan): Promise<void> {
  if (plan.leaveEnvironment) await leaveEnvironment(api, plan.leaveEnvironment, id);
  if (plan.joinEnvironment) await joinEnvironment(api, plan.joinEnvironment, id);
  for (const { name, value } of plan.variables.set) await setVariable(api, id, name, value);
  for (const name of plan.variables.generate) await generateVariable(api, id, name);
  for (const name of plan.variables.remove) await removeVariable(api, id, name);
  for (const { name, content } of plan.secretFiles.set) await setSecretFile(api, id, name, content);
  for (const name of plan.secretFiles.remove) await removeSecretFile(api, id, name);
  if (plan.patch) await patchService(api, id, plan.patch);
  if (plan.autoscaling === "remove") await removeAutoscaling(api, id);
  if (plan.numInstances) await scaleService(api, id, plan.numInstances);
  if (plan.disk) await writeDisk(api, kind, id, plan.disk);
  if (plan.autoscaling && plan.autoscaling !== "remove") await putAutoscaling(api, id, plan.autoscaling.set);
  for (const name of plan.addDomains) await addCustomDomain(api, id, name);
  for (const name of plan.removeDomains) await removeCustomDomain(api, id, name);
}

/** A service has one disk at most, so that the service itself tells whether a lost request added it. */
async function writeDisk(api: ApiContext, kind: ServiceKind, id: string, change: DiskChange): Promise<void> {
  if (!("add" in change)) {
    await patchDisk(api, change.id, change.set);
    return;
  }
  await createOnce({
    context: api,
    async find() {
      const found = await findService(api, id);
      const disk = found && asKind(kind, found).serviceDetails.disk;
      return disk ? [disk] : [];
    },
    create: ({ signal }) => postDisk({ ...api, signal }, id, change.add),
    idOf: (disk: { readonly id: string }) => disk.id,
  });
}

function start(context: UpdateContext<RenderClient, ServiceOutputs>, id: string, plan: UpdatePlan) {
  context.log("info", `one deploy for: ${plan.deployReasons.join(", ")}`);
  return startDeploy(context, id, plan.image);
}

function reportUndeclared(
  context: UpdateContext<RenderClient, ServiceOutputs>,
  prior: PriorService,
  outputs: ServiceOutputs,
): void {
  const known = new Set(prior.outputs.undeclaredVariables);
  const dropped = prior.inputs.environmentVariables;
  const found = outputs.undeclaredVariables.filter((name) => !known.has(name) || Object.hasOwn(dropped, name));
  if (found.length > 0) context.log("warning", `not declared here, and left alone: variables ${found.join(", ")}`);
}
