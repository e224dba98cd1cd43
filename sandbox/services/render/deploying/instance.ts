/** Starting an instance of a service and bringing it to health. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ContainerRequest, RunningContainer } from "../../core/service.ts";
import { UnavailableImage } from "../../core/unavailable-image.ts";
import { recordEvent } from "../events.ts";
import { newId } from "../ids.ts";
import type { Deploy, Service } from "../model.ts";
import type { Render } from "../render.ts";
import { SERVICE_TYPES } from "../service-types.ts";
import { siteHost } from "../site/address.ts";
import { containerRequest } from "./container-request.ts";
import { DeployFailure } from "./deploy-failure.ts";
import { advance, END_CODES, log } from "./deploy-record.ts";
import { untilHealthy, untilSteady } from "./health.ts";
import { type OutputReader, readOutput } from "./output.ts";

const HEALTH_DEADLINE_MS = 60_000;
/** How long Render watches a new worker is not described; what is missing at its start shows in the first seconds. */
const STEADY_MS = 3_000;
const PRE_DEPLOY_DEADLINE_MS = 300_000;
const PRE_DEPLOY_INTERVAL_MS = 50;

/** A container that belongs to a deploy. */
export interface Instance {
  readonly deployId: string;
  readonly container: RunningContainer;
  readonly output: OutputReader;
}

/** Starts a container of the deploy and waits until it is healthy. Throws a `DeployFailure`, with nothing left running. */
export async function startInstance(
  render: Render,
  service: Service,
  deploy: Deploy,
  signal: AbortSignal,
): Promise<Instance> {
  log(render, deploy, "build", [`==> Starting ${deploy.image}`]);
  const container = await start(render, deploy, containerRequest(render, service, deploy));
  const instance = { deployId: deploy.id, container, output: readOutput(render, deploy, container) };
  try {
    advance(render, deploy.id, { digest: container.digest, status: "update_in_progress" });
    if (SERVICE_TYPES[service.type].reached === "never") {
      await untilSteady(container, { steadyMs: render.extras.steadyMs ?? STEADY_MS, signal });
    } else {
      await untilHealthy(container, {
        path: service.details.healthCheckPath,
        host: siteHost(service),
        deadlineMs: render.extras.healthDeadlineMs ?? HEALTH_DEADLINE_MS,
        signal,
      });
    }
    return instance;
  } catch (error) {
    if (error instanceof DeployFailure) {
      const instanceID = `${service.id}-${deploy.id.slice(-5)}`;
      recordEvent(render, service.id, "server_failed", { instanceID, reason: error.reason.failure });
    }
    await stopInstance(instance);
    throw error;
  }
}

/** Stops an instance, after its last words are logged. */
export async function stopInstance({ container, output }: Instance): Promise<void> {
  await output.read();
  await container.stop();
}

/** Runs the pre-deploy command in a container of its own. Throws a `DeployFailure` unless it ends well. */
export async function runPreDeploy(
  render: Render,
  service: Service,
  deploy: Deploy,
  signal: AbortSignal,
): Promise<void> {
  const execution = { deployCommandExecutionId: newId("dep"), deployId: deploy.id };
  recordEvent(render, service.id, "pre_deploy_started", execution);
  log(render, deploy, "build", ["==> Running the pre-deploy command"]);
  const container = await start(
    render,
    deploy,
    containerRequest(render, service, deploy, service.details.preDeployCommand),
  );
  advance(render, deploy.id, { status: "pre_deploy_in_progress" });
  try {
    await untilEnded(container, signal);
    const code = await container.exitCode?.();
    const failed = code !== undefined && code !== 0;
    recordEvent(render, service.id, "pre_deploy_ended", {
      ...execution,
      preDeployStatus: failed ? "failed" : "succeeded",
      status: failed ? END_CODES.failed : END_CODES.succeeded,
      reason: failed ? { failure: { evicted: false, nonZeroExit: code } } : {},
    });
    if (failed) {
      throw new DeployFailure("pre_deploy_failed", `The pre-deploy command exited with status ${code}`, {
        nonZeroExit: code,
      });
    }
  } finally {
    await readOutput(render, deploy, container).read();
    await container.stop();
  }
}

async function start(render: Render, deploy: Deploy, request: ContainerRequest): Promise<RunningContainer> {
  try {
    return await render.extras.runner.start(request);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof UnavailableImage)) {
      throw new DeployFailure("update_failed", `${deploy.image} could not be started: ${message}`);
    }
    recordEvent(render, deploy.serviceId, "image_pull_failed", { message, imageURL: deploy.image });
    throw new DeployFailure("build_failed", `${deploy.image} could not be pulled: ${message}`);
  }
}

async function untilEnded(container: RunningContainer, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + PRE_DEPLOY_DEADLINE_MS;
  while (await container.running()) {
    if (performance.now() > deadline) {
      throw new DeployFailure("pre_deploy_failed", "The pre-deploy command did not end in time");
    }
    await sleep(PRE_DEPLOY_INTERVAL_MS, undefined, { signal });
  }
}
