/**
 * The chain without containers: the real engine and the real plugins against the emulated services, where an image is
 * only a name and how it behaves is scripted. For tests of what goes wrong between the program and the services.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { RunResult } from "../../../cli/child-process.ts";
import { silentProgress } from "../../../cli/progress.ts";
import { prepareEngineHome, SANDBOX_STACK } from "../../../sandbox/engine-home.ts";
import { dockerBuild } from "../../../sandbox/offline-plugins/editions.ts";
import type { EngineHome } from "../../../sandbox/pulumi.ts";
import { pulumiCaptured } from "../../../sandbox/pulumi.ts";
import { defaultAccount } from "../../../sandbox/services/core/account.ts";
import type { ServicePorts } from "../../../sandbox/services/core/ports.ts";
import type { SandboxAccount, ServiceName } from "../../../sandbox/services/core/service.ts";
import { DatabaseSync } from "../../../sandbox/services/core/sqlite.ts";
import { type RunningServices, type ServicesOptions, startServices } from "../../../sandbox/services/host.ts";
import { type ScriptedRunner, scriptedRunner } from "../../../sandbox/services/render/scripted-runner.ts";
import { bringEditions, keepEditions } from "./installed-editions.ts";
import { openPluginHost, type PluginHost } from "./plugin-host.ts";
import { copyProject, sharedCompileCache } from "./project-copy.ts";
import { type SandboxConsole, sandboxConsole } from "./sandbox-console.ts";
import { readStackState, type StackState, stackState } from "./stack-state.ts";

/** The services and the program of one test file. */
export interface ScriptedChain {
  /** The copy of the program; edit it freely. */
  readonly projectDir: string;
  readonly home: EngineHome;
  readonly runner: ScriptedRunner;
  readonly services: RunningServices;
  readonly console: SandboxConsole;
  /** Runs `pulumi` in the copy; gives its exit code and all it printed. */
  pulumi(...args: string[]): Promise<RunResult>;
  /** Runs `pulumi` and fails the test with its whole output when it fails. */
  succeed(...args: string[]): Promise<string>;
  /** What the stack's state holds. */
  state(): Promise<StackState>;
  /** Sends a request to a service with its token, as a person or another program would; gives the JSON answer. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it reads out of it
  call(service: ServiceName, method: string, path: string, body?: object): Promise<any>;
  /** Makes every service and the stack empty again. */
  reset(): Promise<void>;
  /** Keeps the services' objects and the stack's state under a name. Gives the folder that they are in. */
  save(name: string): Promise<string>;
  /** Puts them back as they were then. */
  restore(name: string): Promise<void>;
  /** Starts the services again, over the same objects and at the same addresses, with these tokens instead of the old. */
  rotateTokens(tokens: SandboxAccount["tokens"]): Promise<void>;
  /** The same with another account: its tokens, or what they and its plans do not allow. */
  changeAccount(account: Partial<SandboxAccount>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens it in a new temporary folder. `close` must be called in an `after` hook.
 * With `rawTraffic` the calls are recorded with their secrets, in memory only. `project` makes another program than a
 * copy of this one; it is given a folder to make it in and gives the one where it is, and its own plugins are processes.
 * `serve` starts the services elsewhere than in this process.
 */
export async function openScriptedChain({
  rawTraffic = false,
  project = copyProject,
  serve = startServices as (options: ServicesOptions) => Promise<RunningServices>,
} = {}): Promise<ScriptedChain> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-e2e-"));
  const stateDir = join(folder, "state");
  const runner = scriptedRunner();
  const dbFile = join(folder, "services.sqlite");
  const start = (account: SandboxAccount, ports: ServicePorts = {}): Promise<RunningServices> =>
    serve({ dbFile, linked: true, rawTraffic, runner, account, ports });
  let services = await start(defaultAccount);
  /** At the same addresses. */
  const restart = async (account: SandboxAccount, meanwhile?: () => Promise<void>): Promise<void> => {
    const portOf = ({ baseUrl }: { baseUrl: string }): number => Number(new URL(baseUrl).port);
    const named = Object.entries(services.services).map(([name, service]) => [name, portOf(service)]);
    const ports: ServicePorts = { ...Object.fromEntries(named), console: portOf(services.console) };
    await services.close();
    await meanwhile?.();
    services = await start(account, ports);
  };
  let host: PluginHost | undefined;
  const close = async (): Promise<void> => {
    await host?.close();
    await services.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const projectDir = await project(join(folder, "project"));
    const compiled = await sharedCompileCache(folder);
    await bringEditions(stateDir);
    const prepared = await prepareEngineHome({
      stateDir,
      world: describe(services),
      plugins: "offline",
      progress: silentProgress,
      projectDir,
    });
    await keepEditions(stateDir);
    const home = { ...prepared, env: { ...prepared.env, ...compiled } };
    const pulumiHome = home.env["PULUMI_HOME"] ?? "";
    await installHollowBuild(pulumiHome);
    host = await openPluginHost();
    await host.takeEditions(pulumiHome, { builds: "none" });
    if (project === copyProject) await host.takeOwn(projectDir);
    const console = sandboxConsole(services.console.baseUrl);
    const empty = join(folder, "empty-backend");
    const backend = join(stateDir, "backend");
    await cp(backend, empty, { recursive: true });
    const chain: ScriptedChain = {
      projectDir,
      home,
      runner,
      get services() {
        return services;
      },
      console,
      pulumi: (...args) => pulumiCaptured(home, args),
      async succeed(...args) {
        const { code, stdout, stderr } = await chain.pulumi(...args);
        if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}\n${stdout}\n${stderr}`);
        return stdout;
      },
      async state() {
        const backend = home.env["PULUMI_BACKEND_URL"] ?? "";
        if (backend.startsWith("file:")) return readStackState(backend, SANDBOX_STACK);
        return stackState(await chain.succeed("stack", "export"));
      },
      async call(service, method, path, body) {
        const url = new URL(path, services.services[service].baseUrl);
        const headers = { ...authentication(service, services.env), "content-type": "application/json" };
        const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
        return text === "" ? undefined : JSON.parse(text);
      },
      async reset() {
        await console.reset();
        await rm(backend, { recursive: true });
        await cp(empty, backend, { recursive: true });
      },
      async save(name) {
        const saved = join(folder, "saved", name);
        await rm(saved, { recursive: true, force: true });
        await mkdir(saved, { recursive: true });
        const database = new DatabaseSync(dbFile);
        database.prepare("VACUUM INTO ?").run(join(saved, "services.sqlite"));
        database.close();
        await cp(backend, join(saved, "backend"), { recursive: true });
        return saved;
      },
      async restore(name) {
        const saved = join(folder, "saved", name);
        await restart(defaultAccount, async () => {
          for (const beside of ["-wal", "-shm"]) await rm(`${dbFile}${beside}`, { force: true });
          await cp(join(saved, "services.sqlite"), dbFile);
        });
        await rm(backend, { recursive: true });
        await cp(join(saved, "backend"), backend, { recursive: true });
      },
      rotateTokens: (tokens) => chain.changeAccount({ tokens }),
      changeAccount: (account) => restart({ ...defaultAccount, ...account }),
      close,
    };
    return chain;
  } catch (error) {
    await close();
    throw error;
  }
}

function authentication(service: ServiceName, env: RunningServices["env"]): Record<string, string> {
  if (service === "circleci") return { "circle-token": env["CIRCLE_TOKEN"] ?? "" };
  const tokens = { github: "GITHUB_TOKEN", sentry: "SENTRY_AUTH_TOKEN", render: "RENDER_API_KEY" } as const;
  return { authorization: `Bearer ${env[tokens[service]]}` };
}

function describe({ services, console, env }: RunningServices) {
  const addresses = Object.entries(services).map(([name, { baseUrl }]) => [name, baseUrl] as const);
  return {
    pid: process.pid,
    console: console.baseUrl,
    services: Object.fromEntries(addresses) as Record<ServiceName, string>,
    // Nothing is built or pushed, so no registry has to answer.
    registry: { address: "localhost:5000", username: "sandbox", password: "sandbox" },
    buildSecrets: {},
    env,
  };
}

/** Puts the edition that builds nothing in the place of the one that builds. */
async function installHollowBuild(pulumiHome: string): Promise<void> {
  const { name, version } = dockerBuild;
  const launcher = join(pulumiHome, "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);
  const entry = resolve(import.meta.dirname, "hollow-build", "main.ts");
  await writeFile(launcher, `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`, { mode: 0o755 });
}
