/** Starts the emulated services, each on a loopback port of its own, and the console beside them. */
import { rm } from "node:fs/promises";

import { type Console, consoleApp, type ImageLister } from "../console/index.ts";
import { isVisit, visitorPage } from "../console/visitor-page.ts";
import { teamAt } from "../story/pull-requests.ts";
import { createServices } from "./catalogue.ts";
import type { JobRunner } from "./circleci/pipelines/job-runner.ts";
import { pipelineOverview } from "./circleci/pipelines/overview.ts";
import { clientEnvironment, defaultAccount } from "./core/account.ts";
import type { Alarm } from "./core/alarm.ts";
import type { Caches } from "./core/caches.ts";
import type { Databases } from "./core/databases.ts";
import { createExchange, type ExchangeContext } from "./core/exchange.ts";
import { createFaults } from "./core/faults.ts";
import { isForeign } from "./core/foreign.ts";
import { type Listener, listen } from "./core/listener.ts";
import { createMasker } from "./core/masking.ts";
import { listenOnFree, movedMessage, type PortName, type ServicePorts } from "./core/ports.ts";
import type { ContainerRunner, EmulatedService, SandboxAccount, ServiceContext, ServiceName } from "./core/service.ts";
import { openStorage } from "./core/store.ts";
import { createTraffic } from "./core/traffic.ts";
import { pullOverview } from "./github/pull-overview.ts";
import { scriptedRunner } from "./render/scripted-runner.ts";

const FOREIGN =
  "The sandbox answers local programs only: no pages of other origins, and no other name of this machine.";

/** How to start the services. */
export interface ServicesOptions {
  /** The SQLite file that remembers everything; ":memory:" forgets at the end. */
  readonly dbFile: string;
  readonly account?: SandboxAccount;
  /** Ports to listen on and no others; any free one for what is left out. */
  readonly ports?: ServicePorts;
  /** Ports of the last time, which are taken again where they are free; the log tells where one is not. */
  readonly keptPorts?: ServicePorts;
  /** Record calls without masking secrets. */
  readonly rawTraffic?: boolean;
  /** What runs the images of emulated Render. Without it nothing really runs. */
  readonly runner?: ContainerRunner;
  /** What runs the databases of emulated Render. Without it they are only described. */
  readonly databases?: Databases;
  /** What runs its key value stores. Without it they are only described. */
  readonly caches?: Caches;
  /** What runs the jobs of CircleCI's pipelines, where `linked`; without it none runs. Given the clients' environment. */
  readonly jobRunner?: (env: Readonly<Record<string, string>>) => JobRunner;
  /** Folder of GitHub's bare repositories; without it one that is removed at the end. */
  readonly gitFolder?: string;
  /** How long emulated Render watches a new worker before its deploy is live. */
  readonly steadyMs?: number;
  /** What wakes its cron jobs; real time without it. */
  readonly alarm?: Alarm;
  /** CircleCI knows only the repositories that the emulated GitHub has; without this any name is one. */
  readonly linked?: boolean;
  /** Lists the image registry, for the console's page; without it the page shows none. */
  readonly images?: ImageLister;
  /** Clock, as ISO 8601. */
  readonly now?: () => string;
  /** Noteworthy lines of the services. */
  readonly log?: (message: string) => void;
}

/** The services, running. */
export interface RunningServices {
  readonly services: Readonly<Record<ServiceName, { readonly baseUrl: string }>>;
  readonly console: { readonly baseUrl: string };
  /** Where everything listens. */
  readonly ports: Readonly<Record<PortName, number>>;
  /** Environment that points a program, its plugins and the vendors' tools at the services. */
  readonly env: Record<string, string>;
  /** Stops everything that was started. */
  close(): Promise<void>;
}

/**
 * Starts all services and the console.
 * Rejects, with everything stopped again, when a port is in use or the database cannot be opened.
 */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const account = options.account ?? defaultAccount;
  const now = options.now ?? (() => new Date().toISOString());
  const log = options.log ?? (() => {});
  const runner = options.runner ?? scriptedRunner();
  const storage = openStorage(options.dbFile);
  const listeners: Listener[] = [];
  const stopping = new AbortController();
  let started: EmulatedService[] = [];

  const open = async (name: PortName): Promise<Listener> => {
    const [fixed, kept] = [options.ports?.[name], options.keptPorts?.[name]];
    const listener = await (fixed === undefined
      ? listenOnFree(kept, (port) => listen(name, port))
      : listen(name, fixed));
    listeners.push(listener);
    if (fixed === undefined && kept !== undefined && kept !== listener.port) {
      log(movedMessage(name, kept, listener.port));
    }
    return listener;
  };
  const stopServices = async (): Promise<void> => {
    await Promise.all(started.map((service) => service.close()));
    started = [];
  };
  const close = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(listeners.map((listener) => listener.close()));
    await stopServices();
    storage.close();
  };

  try {
    const ports = {
      github: await open("github"),
      circleci: await open("circleci"),
      sentry: await open("sentry"),
      render: await open("render"),
    };
    const consoleListener = await open("console");

    const masker = createMasker(Object.values(account.tokens));
    const exchange: ExchangeContext = {
      traffic: createTraffic(options.rawTraffic ? undefined : masker),
      faults: createFaults(),
      now,
      log,
      stopping: stopping.signal,
    };
    const contextOf = (name: ServiceName): ServiceContext => ({
      store: storage.store(name),
      account,
      baseUrl: ports[name].baseUrl,
      now,
      log,
    });
    const team = teamAt(ports.github.baseUrl, account);
    const story = {
      pulls: pullOverview(contextOf("github")),
      pipelines: pipelineOverview(contextOf("circleci")),
      team,
    };
    const startAll = (): void => {
      const contexts = {
        github: contextOf("github"),
        circleci: contextOf("circleci"),
        sentry: contextOf("sentry"),
        render: contextOf("render"),
      };
      started = createServices(contexts, {
        ...{ runner, databases: options.databases, caches: options.caches, gitFolder: options.gitFolder },
        ...{ steadyMs: options.steadyMs, alarm: options.alarm },
        linked: options.linked ?? false,
        jobRunner: options.jobRunner?.(clientEnvironment(account, ports)),
      });
      for (const service of started) {
        const answer = createExchange(service, exchange);
        ports[service.name].serve((request, bindings) => {
          if (isForeign(request)) return Response.json({ message: FOREIGN }, { status: 403 });
          return isVisit(request)
            ? visitorPage(service.name, request, consoleListener.baseUrl)
            : answer(request, bindings);
        });
      }
    };
    startAll();

    const control: Console = {
      traffic: exchange.traffic,
      faults: exchange.faults,
      masker,
      services: () => started,
      story: () => story,
      ...(options.images && { images: options.images }),
      stopping: stopping.signal,
      async reset() {
        await stopServices();
        await options.databases?.clear();
        await options.caches?.clear();
        storage.clear();
        if (options.gitFolder) await rm(options.gitFolder, { recursive: true, force: true });
        exchange.traffic.clear();
        exchange.faults.clear();
        startAll();
      },
    };
    consoleListener.serve(consoleApp(control).fetch);

    return {
      services: ports,
      console: consoleListener,
      ports: {
        github: ports.github.port,
        circleci: ports.circleci.port,
        sentry: ports.sentry.port,
        render: ports.render.port,
        console: consoleListener.port,
      },
      env: clientEnvironment(account, ports),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
