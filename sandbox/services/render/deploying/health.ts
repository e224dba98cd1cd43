/** Whether a new instance is ready for traffic (Render documentation, "Health Checks"). */
import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningContainer } from "../../core/service.ts";
import { DeployFailure } from "./deploy-failure.ts";

const CHECK_TIMEOUT_MS = 5_000;
const FIRST_INTERVAL_MS = 50;
const LONGEST_INTERVAL_MS = 500;

/** What to check, and for how long. */
export interface HealthCheck {
  /** Path that must answer 2xx or 3xx; empty when an open port is enough. */
  readonly path: string;
  /** Host header of the check. */
  readonly host: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** Waits until the instance is healthy. Throws a `DeployFailure` when it ends or stays unhealthy, or when aborted. */
export async function untilHealthy(container: RunningContainer, check: HealthCheck): Promise<void> {
  const deadline = performance.now() + check.deadlineMs;
  let interval = FIRST_INTERVAL_MS;
  let problem = "no check was made";
  while (performance.now() < deadline) {
    check.signal.throwIfAborted();
    if (!(await container.running())) throw await exited(container);
    problem = check.path === "" ? await portProblem(container.url) : await answerProblem(container.url, check);
    if (problem === "") return;
    await sleep(interval, undefined, { signal: check.signal });
    interval = Math.min(interval * 2, LONGEST_INTERVAL_MS);
  }
  const what = check.path === "" ? "No open port was found" : `The health check at ${check.path} did not succeed`;
  throw new DeployFailure("update_failed", `${what} within ${check.deadlineMs / 1000} seconds: ${problem}`, {
    unhealthy: problem,
  });
}

/** Waits until a worker has kept running for a while. Throws a `DeployFailure` when it ends, or when aborted. */
export async function untilSteady(
  container: RunningContainer,
  { steadyMs, signal }: { readonly steadyMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const steadyAt = performance.now() + steadyMs;
  for (;;) {
    signal.throwIfAborted();
    if (!(await container.running())) throw await exited(container);
    const left = steadyAt - performance.now();
    if (left <= 0) return;
    await sleep(Math.min(left, LONGEST_INTERVAL_MS), undefined, { signal });
  }
}

async function exited(container: RunningContainer): Promise<DeployFailure> {
  const code = await container.exitCode?.();
  const status = code === undefined ? "" : ` with status ${code}`;
  return new DeployFailure("update_failed", `The application exited early${status}`, {
    ...(code !== undefined && { nonZeroExit: code }),
  });
}

/** Empty when the path answers 2xx or 3xx. */
function answerProblem(url: string, { path, host }: HealthCheck): Promise<string> {
  return new Promise((resolve) => {
    const call = request(new URL(path, url), { headers: { host }, timeout: CHECK_TIMEOUT_MS, agent: false });
    call.once("response", (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      resolve(status >= 200 && status < 400 ? "" : `it answered ${status}`);
    });
    call.once("timeout", () => call.destroy(new Error("it did not answer in time")));
    call.once("error", (error) => resolve(error.message));
    call.end();
  });
}

/** Empty when the port takes a connection. */
function portProblem(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: CHECK_TIMEOUT_MS });
    socket.once("connect", () => resolve(""));
    socket.once("timeout", () => resolve("it did not take a connection in time"));
    socket.once("error", (error) => resolve(error.message));
    socket.once("connect", () => socket.destroy());
    socket.once("timeout", () => socket.destroy());
  });
}
