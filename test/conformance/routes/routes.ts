/** The routes of the emulated services, and which of them a run has exercised. */
import { Hono } from "hono";
import { createServices } from "../../../sandbox/services/catalogue.ts";
import { defaultAccount } from "../../../sandbox/services/core/account.ts";
import type { EmulatedService, ServiceContext, ServiceName } from "../../../sandbox/services/core/service.ts";
import { openStorage } from "../../../sandbox/services/core/store.ts";
import type { Call } from "../../../sandbox/services/core/traffic.ts";
import { scriptedRunner } from "../../../sandbox/services/render/scripted-runner.ts";

/** Every route, as `service METHOD /path/:parameter`. */
export interface Routes {
  readonly all: readonly string[];
  /** The route that a call has met; undefined for a path that is none. */
  routeOf(call: Pick<Call, "service" | "method" | "path">): Promise<string | undefined>;
}

/** Reads the routes off services that nobody asks anything. */
export async function emulatedRoutes(): Promise<Routes> {
  const services = startNothing();
  const finders = new Map(services.map((service) => [service.name, finderOf(service)]));
  const all = services.flatMap((service) => routesOf(service).map(({ name }) => name));
  await Promise.all(services.map((service) => service.close()));
  return {
    all: [...new Set(all)],
    async routeOf({ service, method, path }) {
      const answer = await finders.get(service)?.request(path, { method });
      return answer?.ok ? answer.text() : undefined;
    },
  };
}

function startNothing(): EmulatedService[] {
  const storage = openStorage(":memory:");
  const contextOf = (name: ServiceName): ServiceContext => ({
    store: storage.store(name),
    account: defaultAccount,
    baseUrl: "http://127.0.0.1",
    now: () => new Date().toISOString(),
    log: () => {},
  });
  const contexts = {
    github: contextOf("github"),
    circleci: contextOf("circleci"),
    sentry: contextOf("sentry"),
    render: contextOf("render"),
  };
  return createServices(contexts, { runner: scriptedRunner(), linked: false });
}

/** What answers a method on a path; what is there for all methods is middleware. */
function routesOf({ name, app }: EmulatedService): { name: string; method: string; path: string }[] {
  return app.routes
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => ({ name: `${name} ${method} ${path}`, method, path }));
}

/** An app with the service's routes in their order, each of which answers with its own name. */
function finderOf(service: EmulatedService): Hono {
  const finder = new Hono();
  for (const { name, method, path } of routesOf(service)) finder.on(method, path, (c) => c.text(name));
  return finder;
}
