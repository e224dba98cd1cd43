/** The emulated services that the host starts. */
import { existsSync } from "node:fs";
import { serviceNames } from "./ports.ts";
import type { ContainerRunner, EmulatedService, ServiceContext, ServiceName } from "./service.ts";

/** Builds a service on its context; `runner` is for those that run containers. */
export type ServiceFactory = (context: ServiceContext, extras: { runner: ContainerRunner }) => EmulatedService;

/** Every service's factory. */
export async function loadFactories(): Promise<Partial<Record<ServiceName, ServiceFactory>>> {
  const factories: Partial<Record<ServiceName, ServiceFactory>> = {};
  for (const name of serviceNames) {
    const file = new URL(`../${name}/index.ts`, import.meta.url);
    if (existsSync(file)) factories[name] = (await import(file.href))[`${name}Service`];
  }
  return factories;
}

/** The runner that needs no container engine. */
export async function loadScriptedRunner(): Promise<ContainerRunner> {
  const file = new URL("../render/scripted-runner.ts", import.meta.url);
  if (existsSync(file)) return (await import(file.href)).scriptedRunner();
  return { start: async () => Promise.reject(new Error("No container runner was given.")) };
}
