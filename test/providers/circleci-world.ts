/** Emulated CircleCI and the CircleCI plugin, for tests over HTTP and gRPC. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { PropertyTree } from "../../providers/kit/values.ts";
import { accountOrganizations } from "../../sandbox/services/circleci/identity.ts";
import type { FaultRule } from "../../sandbox/services/core/faults.ts";
import { startServices } from "../../sandbox/services/host.ts";
import { type Plugin, type State, startPlugin } from "./harness.ts";

export const PROJECT = "circleci:index:Project";
export const CHECKOUT_KEY = "circleci:index:CheckoutKey";
export const PROJECT_VARIABLE = "circleci:index:ProjectVariable";
export const CONTEXT = "circleci:index:Context";
export const CONTEXT_VARIABLE = "circleci:index:ContextVariable";
export const CONTEXT_RESTRICTION = "circleci:index:ContextRestriction";
export const PIPELINE_DEFINITION = "circleci:index:PipelineDefinition";
export const TRIGGER = "circleci:index:Trigger";

const LAUNCHER = fileURLToPath(new URL("../../providers/circleci/pulumi-resource-circleci", import.meta.url));

/** An answer of the API, read by tests field by field. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
export type Answer = any;

export interface CircleciWorld {
  readonly plugin: Plugin;
  /** What points a program at the service. */
  readonly env: NodeJS.ProcessEnv;
  /** Slug of the organization that is connected by OAuth, and of the one connected by the GitHub App. */
  readonly oauth: string;
  readonly app: string;
  /** A call of the API by hand; `path` starts below /api. */
  api(method: string, path: string, body?: unknown): Promise<Answer>;
  /** A call of GitHub's API by hand; `path` starts below /api/v3. */
  github(method: string, path: string, body: object): Promise<Answer>;
  /** Makes calls fail. */
  fault(rule: Omit<Partial<FaultRule>, "action"> & Pick<FaultRule, "action">): Promise<void>;
  /** Every request to CircleCI since the last reset, as `METHOD /path?query`. */
  requests(): Promise<string[]>;
  /** Ends all faults. Gives how many requests they have hit. */
  endFaults(): Promise<number>;
  /** What was asked of CircleCI since the last call of this method, only what writes, without /api. */
  writes(): Promise<string[]>;
  /** Counts of CircleCI's objects. */
  state(): Promise<Record<string, number>>;
  /** Changes that the plugin sees between what is recorded and what is declared, by path. */
  changes(token: string, recorded: State, declared: PropertyTree): Promise<Readonly<Record<string, string>>>;
  /** What a refresh reads; fails when the object is gone. */
  refreshed(token: string, recorded: State | string): Promise<State>;
  /** Forgets all objects, calls and faults. */
  reset(): Promise<void>;
  /** Starts another plugin process with these variables added. Not configured. */
  startPlugin(env?: NodeJS.ProcessEnv): Promise<Plugin>;
  stop(): Promise<void>;
}

/**
 * Starts both. The plugin is configured. The service's clock goes on by a second with each look at it. `linked`: CircleCI
 * knows the emulated GitHub's repositories alone, instead of any name. `launcher` starts another edition of the plugin.
 */
export async function startCircleciWorld({
  linked = false,
  launcher = LAUNCHER,
}: {
  linked?: boolean;
  launcher?: string | readonly string[];
} = {}): Promise<CircleciWorld> {
  let seconds = 0;
  const now = (): string => {
    seconds += 1;
    return new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();
  };
  const running = await startServices({ dbFile: ":memory:", now, linked });
  const plugins: Plugin[] = [];
  const start = async (env: NodeJS.ProcessEnv = {}): Promise<Plugin> => {
    const plugin = await startPlugin(launcher, { ...running.env, ...env });
    plugins.push(plugin);
    return plugin;
  };
  const request = (url: string, method: string, headers: Record<string, string>, body?: unknown) =>
    fetch(url, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
  const console = (method: string, path: string, body?: unknown) =>
    request(`${running.console.baseUrl}/_sandbox${path}`, method, {}, body);
  const stop = async (): Promise<void> => {
    await Promise.all(plugins.map((plugin) => plugin.stop()));
    await running.close();
  };

  const callsAfter = async (number: number) => {
    const text = await (await console("GET", `/traffic?service=circleci&after=${number}`)).text();
    const lines = text.split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line) as { number: number; method: string; path: string });
  };
  let seen = 0;
  const writes = async (): Promise<string[]> => {
    const calls = await callsAfter(seen);
    seen = calls.at(-1)?.number ?? seen;
    return calls.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path.slice(4)}`);
  };

  try {
    const plugin = await start();
    await plugin.configure();
    const [oauth, app] = accountOrganizations("acme");
    assert.ok(oauth && app);
    return {
      plugin,
      env: running.env,
      oauth: oauth.slug,
      app: app.slug,
      async api(method, path, body) {
        const token = { "circle-token": running.env["CIRCLE_TOKEN"] ?? "" };
        const response = await request(`${running.services.circleci.baseUrl}/api${path}`, method, token, body);
        const text = await response.text();
        assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
        return text === "" ? undefined : JSON.parse(text);
      },
      async github(method, path, body) {
        const token = { authorization: `Bearer ${running.env["GITHUB_TOKEN"]}` };
        const response = await request(`${running.services.github.baseUrl}/api/v3${path}`, method, token, body);
        assert.ok(response.ok, `${method} ${path}: ${response.status}`);
        return response.json();
      },
      async fault(rule) {
        const response = await console("POST", "/faults", { service: "circleci", ...rule });
        assert.equal(response.status, 201, await response.text());
      },
      requests: async () => (await callsAfter(0)).map(({ method, path }) => `${method} ${path}`),
      async endFaults() {
        const faults = (await (await console("GET", "/faults")).json()) as { hits: number }[];
        await console("DELETE", "/faults");
        return faults.reduce((sum, { hits }) => sum + hits, 0);
      },
      writes,
      async state() {
        const states = (await (await console("GET", "/state")).json()) as Record<string, Record<string, number>>;
        return states["circleci"] ?? {};
      },
      changes: async (token, recorded, declared) =>
        (await plugin.diff(token, recorded, await plugin.checked(token, declared))).detailed,
      async refreshed(token, recorded) {
        const found = await plugin.read(token, recorded);
        assert.ok(found, "the object is there");
        return found;
      },
      async reset() {
        await console("POST", "/reset");
        await writes();
      },
      startPlugin: start,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
