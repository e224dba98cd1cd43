/** A deploy's record: its status, its log, its place in the service's history. */
import { type EndReason, recordEvent } from "../events.ts";
import { newId } from "../ids.ts";
import type { Deploy, DeployStatus, DeployTrigger, Service } from "../model.ts";
import type { Render } from "../render.ts";

/** What a deploy is started with. */
export interface DeployOptions {
  readonly trigger: DeployTrigger;
  /** Instead of the service's own image. */
  readonly image?: string;
  readonly rollbackTo?: string;
}

/** What is known when a deploy is made. */
export interface DeployStart extends DeployOptions {
  readonly status: "created" | "queued";
  /** What the image's reference stands for now. */
  readonly digest?: string | undefined;
}

/** `status` of the events that tell an end, beside the word for it: production's events of 2026 have 2 and 4. */
export const END_CODES = { succeeded: 2, canceled: 3, failed: 4 } as const;

const IN_PROGRESS: ReadonlySet<DeployStatus> = new Set([
  "created",
  "queued",
  "build_in_progress",
  "pre_deploy_in_progress",
  "update_in_progress",
]);

/** Whether a deploy has not ended yet. */
export function isInProgress({ status }: Deploy): boolean {
  return IN_PROGRESS.has(status);
}

/** Deploys of a service, newest first. */
export function deploysOf(render: Render, serviceId: string): Deploy[] {
  return render.deploys.list((deploy) => deploy.serviceId === serviceId).reverse();
}

/** The deploy that serves. */
export function liveDeployOf(render: Render, serviceId: string): Deploy | undefined {
  return render.deploys.find((deploy) => deploy.serviceId === serviceId && deploy.status === "live");
}

/** Stores a new deploy. */
export function createDeploy(render: Render, service: Service, options: DeployStart): Deploy {
  const now = render.now();
  const credential = render.registryCredentials.get(service.registryCredentialId ?? "");
  const deploy: Deploy = {
    id: newId("dep"),
    serviceId: service.id,
    image: options.image ?? service.imagePath,
    ...(credential && { registryCredential: credential.name }),
    ...(options.digest !== undefined && { digest: options.digest }),
    status: options.status,
    trigger: options.trigger,
    ...(options.rollbackTo !== undefined && { rollbackTo: options.rollbackTo }),
    createdAt: now,
    updatedAt: now,
  };
  const isFirst = deploysOf(render, service.id).length === 0;
  recordEvent(render, service.id, "deploy_started", {
    deployId: deploy.id,
    trigger: {
      firstBuild: isFirst,
      envUpdated: false,
      manual: !isFirst,
      deployedByRender: false,
      clearCache: false,
      rollback: options.trigger === "rollback",
      ...(options.rollbackTo !== undefined && { rollbackTargetDeployId: options.rollbackTo }),
    },
  });
  return render.deploys.put(deploy.id, deploy);
}

/** Changes a deploy that has not ended; one that was deleted or has ended stays as it is. */
export function advance(render: Render, id: string, change: Partial<Deploy>): void {
  const deploy = render.deploys.get(id);
  if (deploy && isInProgress(deploy)) render.deploys.put(id, { ...deploy, ...change, updatedAt: render.now() });
}

/** Ends a deploy that has not ended, and tells the service's history why. */
export function end(render: Render, id: string, status: DeployStatus, reason: EndReason): void {
  const deploy = render.deploys.get(id);
  if (!deploy || !isInProgress(deploy)) return;
  advance(render, id, { status, finishedAt: render.now() });
  const outcome = status === "live" ? "succeeded" : status === "canceled" ? "canceled" : "failed";
  recordEvent(render, deploy.serviceId, "deploy_ended", {
    deployId: id,
    deployStatus: outcome,
    status: END_CODES[outcome],
    reason,
  });
  const isStarted = render.services.get(deploy.serviceId)?.type !== "cron_job";
  if (outcome === "succeeded" && isStarted) recordEvent(render, deploy.serviceId, "server_available", {});
}

/** Makes a deploy the one that serves, in place of the one that did. */
export function promote(render: Render, deploy: Deploy): void {
  render.store.transaction(() => {
    const former = liveDeployOf(render, deploy.serviceId);
    if (former) render.deploys.put(former.id, { ...former, status: "deactivated", updatedAt: render.now() });
    end(render, deploy.id, "live", {});
  });
}

/** Adds lines to a deploy's log, unless it was deleted with its service. */
export function log(render: Render, deploy: Deploy, type: "build" | "app", messages: readonly string[]): void {
  if (!render.deploys.get(deploy.id)) return;
  for (const message of messages) {
    const { id: deployId, serviceId } = deploy;
    const line = { id: newId("log"), deployId, serviceId, timestamp: render.now(), type, message };
    render.logLines.put(line.id, line);
  }
}
