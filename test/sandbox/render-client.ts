/** Emulated Render over HTTP, as a test talks to it. */
import { setTimeout as sleep } from "node:timers/promises";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import { createExchange } from "../../sandbox/services/core/exchange.ts";
import { createFaults } from "../../sandbox/services/core/faults.ts";
import { listen } from "../../sandbox/services/core/listener.ts";
import type { SandboxAccount } from "../../sandbox/services/core/service.ts";
import { openStorage, type Storage } from "../../sandbox/services/core/store.ts";
import { createTraffic } from "../../sandbox/services/core/traffic.ts";
import { renderService } from "../../sandbox/services/render/index.ts";
import type { RenderExtras } from "../../sandbox/services/render/render.ts";
import { type ScriptedRunner, scriptedRunner } from "../../sandbox/services/render/scripted-runner.ts";
import { assertDescribed } from "./described-answer.ts";
import { assertRecorded } from "./recorded-answer.ts";

/** Status and parsed body of an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it reads out of it.
  readonly body: any;
}

/** A started service with a scripted runner, and a client with its key. */
export interface RenderUnderTest {
  readonly runner: ScriptedRunner;
  readonly ownerId: string;
  readonly baseUrl: string;
  /** Lines that the service logged. */
  readonly logged: readonly string[];
  /** `path` starts below /v1. */
  call(method: string, path: string, body?: unknown, key?: string): Promise<Answer>;
  state(): Record<string, number>;
  /** Makes a web service and gives its id and first deploy. */
  createService(change?: object): Promise<{ id: string; deployId: string; url: string }>;
  /** Waits until a deploy has ended, and gives its status. */
  ended(serviceId: string, deployId: string): Promise<string>;
  /** Waits until the condition holds. */
  until(condition: () => boolean | Promise<boolean>, what: string): Promise<void>;
  close(): Promise<void>;
}

const IN_PROGRESS = ["created", "queued", "build_in_progress", "pre_deploy_in_progress", "update_in_progress"];
const DEADLINE_MS = 5_000;

/** Starts the service. A given storage outlives it; without one everything is forgotten at the end. */
export async function startRender(
  options: Partial<RenderExtras> & {
    storage?: Storage;
    runner?: ScriptedRunner;
    account?: Partial<SandboxAccount>;
  } = {},
): Promise<RenderUnderTest> {
  const { storage = openStorage(":memory:"), runner = scriptedRunner(), account: given = {}, ...extras } = options;
  const account = { ...defaultAccount, ...given };
  const logged: string[] = [];
  const log = (line: string): number => logged.push(line);
  const now = (): string => new Date().toISOString();
  const listener = await listen("render");
  const context = { store: storage.store("render"), account, baseUrl: listener.baseUrl, now, log };
  const service = renderService(context, { ...extras, runner });
  const stopping = new AbortController();
  const surroundings = {
    traffic: createTraffic(undefined),
    faults: createFaults(),
    now,
    log,
    stopping: stopping.signal,
  };
  listener.serve(createExchange(service, surroundings));

  const call: RenderUnderTest["call"] = async (method, path, body, key = defaultAccount.tokens.render) => {
    const response = await fetch(`${listener.baseUrl}/v1${path}`, {
      method,
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status, headers } = response;
    const answer = text === "" ? undefined : JSON.parse(text);
    assertDescribed("render", { method, path, status, body: answer ?? null });
    assertRecorded({
      method,
      path,
      status,
      responseHeaders: Object.fromEntries(headers),
      responseBody: answer ?? null,
    });
    return { status, headers, body: answer };
  };
  const until: RenderUnderTest["until"] = async (condition, what) => {
    const deadline = performance.now() + DEADLINE_MS;
    while (!(await condition())) {
      if (performance.now() > deadline) throw new Error(`It did not come to be that ${what}.`);
      await sleep(10);
    }
  };
  const ownerId = (await call("GET", "/owners")).body[0].owner.id;
  return {
    runner,
    ownerId,
    baseUrl: listener.baseUrl,
    logged,
    call,
    until,
    state: () => service.state(),
    async createService(change = {}) {
      const answer = await call("POST", "/services", { ...serviceRequest(ownerId), ...change });
      if (answer.status !== 201) throw new Error(`The service was refused: ${JSON.stringify(answer.body)}`);
      const { service: made, deployId } = answer.body;
      return { id: made.id, deployId, url: made.serviceDetails.url };
    },
    async ended(serviceId, deployId) {
      let status = "";
      await until(async () => {
        status = (await call("GET", `/services/${serviceId}/deploys/${deployId}`)).body.status;
        return !IN_PROGRESS.includes(status);
      }, `deploy ${deployId} has ended`);
      return status;
    },
    async close() {
      stopping.abort();
      await listener.close();
      await service.close();
      if (!options.storage) storage.close();
    },
  };
}

/** What a request for a web service looks like. */
export function serviceRequest(ownerId: string): Record<string, unknown> {
  return {
    type: "web_service",
    name: "site",
    ownerId,
    image: { ownerId, imagePath: "localhost:5000/acme/site:1" },
    envVars: [{ key: "DEBUG", value: "false" }],
    serviceDetails: { runtime: "image", plan: "starter", region: "frankfurt", healthCheckPath: "/healthz" },
  };
}
