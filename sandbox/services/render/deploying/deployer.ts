/**
 * Runs deploys: one at a time for a service. One that is asked for meanwhile waits, and only the newest of those is made
 * (overlapping deploy policy "wait"), or takes its place ("override"). What serves goes on serving until it has an heir.
 */
import type { EndReason } from "../events.ts";
import type { Deploy, Service } from "../model.ts";
import type { Render } from "../render.ts";
import { pullCredential } from "./container-request.ts";
import { DeployFailure } from "./deploy-failure.ts";
import {
  advance,
  createDeploy,
  type DeployOptions,
  deploysOf,
  end,
  isInProgress,
  liveDeployOf,
  log,
  promote,
} from "./deploy-record.ts";
import { type Instance, runPreDeploy, startInstance, stopInstance } from "./instance.ts";

/** The deploys and instances of all services. */
export interface Deployer {
  /** Starts a deploy; undefined when it waits for the one that is under way, and has no id yet. */
  start(service: Service, options: DeployOptions): Promise<Deploy | undefined>;
  /** Cancels a deploy that has not ended. */
  cancel(deploy: Deploy): void;
  /** Ends what runs for a service. */
  halt(serviceId: string): Promise<void>;
  /** Takes up where a former sandbox stopped: what served serves again, what was under way goes on. */
  resume(service: Service): void;
  /** The instance that serves. */
  instanceOf(serviceId: string): Instance | undefined;
  /** How many instances serve. */
  count(): number;
  /** Stops every instance. Deploys under way keep their status, for the next sandbox. */
  close(): Promise<void>;
}

/** A deployer on the service's runner. */
export function createDeployer(render: Render): Deployer {
  const serving = new Map<string, Instance>();
  const attempts = new Map<string, { readonly deployId: string; readonly abort: AbortController }>();
  const tasks = new Set<Promise<void>>();
  const closing = new AbortController();

  const inBackground = (what: string, work: Promise<void>): void => {
    const task = work
      .catch((error: unknown) => {
        if (!closing.signal.aborted) render.log(`render: ${what}: ${error instanceof Error ? error.message : error}`);
      })
      .finally(() => tasks.delete(task));
    tasks.add(task);
  };

  const digestOf = async (service: Service, image: string): Promise<string | undefined> =>
    render.extras.runner.digestOf?.(image, pullCredential(render, service));

  const isUnderWay = (serviceId: string): boolean => {
    const deploy = render.deploys.get(attempts.get(serviceId)?.deployId ?? "");
    return deploy !== undefined && isInProgress(deploy);
  };

  const serve = async (service: Service, instance: Instance): Promise<void> => {
    const former = serving.get(service.id);
    serving.set(service.id, instance);
    if (former) await stopInstance(former);
  };

  /** The deploy's instance, healthy; undefined when the deploy has failed or is given up. */
  const bringUp = async (service: Service, deploy: Deploy, signal: AbortSignal): Promise<Instance | undefined> => {
    try {
      const digest = deploy.digest ?? (await digestOf(service, deploy.image));
      advance(render, deploy.id, {
        status: "build_in_progress",
        startedAt: render.now(),
        ...(digest !== undefined && { digest }),
      });
      if (service.details.preDeployCommand) await runPreDeploy(render, service, deploy, signal);
      return await startInstance(render, service, deploy, signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      const failure = error instanceof DeployFailure ? error : new DeployFailure("update_failed", String(error));
      log(render, deploy, "build", [`==> ${failure.message}`, "==> Deploy failed"]);
      end(render, deploy.id, failure.status, failure.reason);
      render.log(`render: deploy ${deploy.id} of ${service.name} failed: ${failure.message}`);
      return undefined;
    }
  };

  const attempt = async (service: Service, deploy: Deploy, signal: AbortSignal): Promise<void> => {
    const instance = await bringUp(service, deploy, signal);
    if (!instance) return;
    if (signal.aborted) return stopInstance(instance);
    promote(render, deploy);
    log(render, deploy, "build", ["==> Your service is live"]);
    await serve(service, instance);
  };

  const begin = (service: Service, deploy: Deploy): void => {
    const abort = new AbortController();
    attempts.set(service.id, { deployId: deploy.id, abort });
    const signal = AbortSignal.any([abort.signal, closing.signal]);
    const work = attempt(service, deploy, signal).finally(() => {
      if (attempts.get(service.id)?.deployId === deploy.id) attempts.delete(service.id);
      beginWaiting(service.id);
    });
    inBackground(`deploy ${deploy.id}`, work);
  };

  /** Makes the deploy that waited, unless another one is under way again, or the service cannot be deployed. */
  const beginWaiting = (serviceId: string): void => {
    const waiting = render.waitingDeploys.get(serviceId);
    const service = render.services.get(serviceId);
    if (!waiting || !service || service.suspended || closing.signal.aborted || attempts.has(serviceId)) return;
    render.waitingDeploys.delete(serviceId);
    const { image, trigger } = waiting;
    begin(service, createDeploy(render, service, { image, trigger, status: "queued" }));
  };

  /** Nothing of a cron job is started by its deploy, which is live as soon as it is answered (recorded). */
  const takeOver = (deploy: Deploy): Deploy => {
    advance(render, deploy.id, { startedAt: render.now() });
    promote(render, deploy);
    return render.deploys.get(deploy.id) ?? deploy;
  };

  const giveUp = (serviceId: string, reason: EndReason): void => {
    const under = attempts.get(serviceId);
    if (!under) return;
    attempts.delete(serviceId);
    end(render, under.deployId, "canceled", reason);
    under.abort.abort();
  };

  const replaceInstance = async (service: Service, deploy: Deploy): Promise<void> => {
    const instance = await startInstance(render, service, deploy, closing.signal);
    const isStale = liveDeployOf(render, service.id)?.id !== deploy.id || render.services.get(service.id)?.suspended;
    if (isStale || closing.signal.aborted) await stopInstance(instance);
    else await serve(service, instance);
  };

  return {
    async start(service, options) {
      const image = options.image ?? service.imagePath;
      const digest = await digestOf(service, image);
      const waits = render.account.renderOverlappingDeploys !== "override" && options.rollbackTo === undefined;
      if (waits && isUnderWay(service.id)) {
        render.waitingDeploys.put(service.id, { serviceId: service.id, image, trigger: options.trigger });
        return undefined;
      }
      render.waitingDeploys.delete(service.id);
      const deploy = createDeploy(render, service, { ...options, digest, status: "created" });
      if (service.type === "cron_job") return takeOver(deploy);
      giveUp(service.id, { newDeploy: { id: deploy.id } });
      begin(service, deploy);
      return deploy;
    },
    cancel({ id, serviceId }) {
      if (attempts.get(serviceId)?.deployId === id) giveUp(serviceId, {});
    },
    async halt(serviceId) {
      render.waitingDeploys.delete(serviceId);
      giveUp(serviceId, {});
      const instance = serving.get(serviceId);
      serving.delete(serviceId);
      if (instance) await stopInstance(instance);
    },
    resume(service) {
      if (service.suspended || service.type === "cron_job") return;
      const live = liveDeployOf(render, service.id);
      if (live) inBackground(`start of ${service.name}`, replaceInstance(service, live));
      const [newest] = deploysOf(render, service.id).filter(isInProgress);
      if (newest) begin(service, newest);
      else beginWaiting(service.id);
    },
    instanceOf: (serviceId) => serving.get(serviceId),
    count: () => serving.size,
    async close() {
      closing.abort();
      await Promise.all(tasks);
      await Promise.all([...serving.values()].map(stopInstance));
      serving.clear();
    },
  };
}
