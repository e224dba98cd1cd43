/** Emulated Render and the Render plugin, for tests over HTTP and gRPC. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { PropertyTree } from "../../providers/kit/values.ts";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import type { Databases } from "../../sandbox/services/core/databases.ts";
import type { FaultRule } from "../../sandbox/services/core/faults.ts";
import type { SandboxAccount } from "../../sandbox/services/core/service.ts";
import { startServices } from "../../sandbox/services/host.ts";
import { type ScriptedRunner, scriptedRunner } from "../../sandbox/services/render/scripted-runner.ts";
import { type Plugin, startPlugin } from "./harness.ts";

export const CREDENTIAL = "render:index:RegistryCredential";
export const WEB_SERVICE = "render:index:WebService";
export const PRIVATE_SERVICE = "render:index:PrivateService";
export const BACKGROUND_WORKER = "render:index:BackgroundWorker";
export const CRON_JOB = "render:index:CronJob";
export const PROJECT = "render:index:Project";
export const ENVIRONMENT = "render:index:Environment";
export const CUSTOM_DOMAIN = "render:index:CustomDomain";
export const POSTGRES = "render:index:Postgres";
export const KEY_VALUE = "render:index:KeyValue";

const LAUNCHER = fileURLToPath(new URL("../../providers/render/pulumi-resource-render", import.meta.url));

/** An answer of the API, read by tests field by field. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
export type Answer = any;

export interface RenderWorld {
  readonly plugin: Plugin;
  /** What points a program at the service. */
  readonly env: NodeJS.ProcessEnv;
  /** What runs the images; tests script how they behave. */
  readonly runner: ScriptedRunner;
  readonly ownerId: string;
  /** Inputs of a web service, completed. */
  site(inputs?: PropertyTree): PropertyTree;
  /** A call of the API by hand. */
  api(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Makes calls fail; `service` is Render. */
  fault(rule: Omit<Partial<FaultRule>, "action"> & Pick<FaultRule, "action">): Promise<void>;
  /** Ends all faults. Gives how many requests they have hit. */
  endFaults(): Promise<number>;
  /** What was asked of Render since the last call of this method, as `METHOD /path?query` without `/v1`. */
  requests(): Promise<string[]>;
  /** The same, only what writes. */
  writes(): Promise<string[]>;
  /** Counts of Render's objects. */
  state(): Promise<Record<string, number>>;
  /** Forgets all objects, calls and faults. */
  reset(): Promise<void>;
  /** Starts another plugin process with these variables added. */
  startPlugin(env?: NodeJS.ProcessEnv): Promise<Plugin>;
  stop(): Promise<void>;
}

/**
 * Starts both. The plugin is configured. `account` changes what the service is started with; `launcher` starts another
 * edition of the plugin; `databases` stands for the servers that run databases.
 */
export async function startRenderWorld(
  account: Partial<SandboxAccount> = {},
  launcher: string | readonly string[] = LAUNCHER,
  databases?: Databases,
): Promise<RenderWorld> {
  const runner = scriptedRunner();
  const running = await startServices({
    dbFile: ":memory:",
    runner,
    steadyMs: 0,
    account: { ...defaultAccount, ...account },
    ...(databases && { databases }),
  });
  const plugins: Plugin[] = [];
  const start = async (env: NodeJS.ProcessEnv = {}): Promise<Plugin> => {
    const plugin = await startPlugin(launcher, { ...running.env, ...env });
    plugins.push(plugin);
    return plugin;
  };
  const console = (method: string, path: string, body?: unknown) =>
    fetch(`${running.console.baseUrl}/_sandbox${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
  const api = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${running.services.render.baseUrl}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${running.env["RENDER_API_KEY"]}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  let seen = 0;
  const requests = async (): Promise<string[]> => {
    const text = await (await console("GET", `/traffic?service=render&after=${seen}`)).text();
    const calls = text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { number: number; method: string; path: string });
    seen = calls.at(-1)?.number ?? seen;
    return calls.map(({ method, path }) => `${method} ${path.replace("/v1", "")}`);
  };
  try {
    const plugin = await start();
    await plugin.configure();
    const [{ owner }] = await api("GET", "/owners");
    return {
      plugin,
      env: running.env,
      runner,
      ownerId: owner.id,
      site: (inputs = {}) => ({
        name: "site",
        ownerId: owner.id,
        image: "ghcr.io/acme/site:1",
        region: "frankfurt",
        plan: "starter",
        ...inputs,
      }),
      api,
      async fault(rule) {
        const response = await console("POST", "/faults", { service: "render", ...rule });
        assert.equal(response.status, 201, await response.text());
      },
      async endFaults() {
        const faults = (await (await console("GET", "/faults")).json()) as { hits: number }[];
        await console("DELETE", "/faults");
        return faults.reduce((sum, { hits }) => sum + hits, 0);
      },
      requests,
      writes: async () => (await requests()).filter((request) => !request.startsWith("GET ")),
      async state() {
        const states = (await (await console("GET", "/state")).json()) as Record<string, Record<string, number>>;
        return states["render"] ?? {};
      },
      async reset() {
        await console("POST", "/reset");
        await requests();
      },
      startPlugin: start,
      async stop() {
        await Promise.all(plugins.map((plugin) => plugin.stop()));
        await running.close();
      },
    };
  } catch (error) {
    await Promise.all(plugins.map((plugin) => plugin.stop()));
    await running.close();
    throw error;
  }
}
