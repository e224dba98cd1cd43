/** The types of services that the provider knows: what tells them apart, once. */
import type { z } from "zod";
import { cronJobInputs, privateServiceInputs, webServiceInputs } from "./inputs.ts";
import { backgroundWorkerOutputs, cronJobOutputs, privateServiceOutputs, webServiceOutputs } from "./outputs.ts";

/** A type of service that runs an image. */
export interface ServiceKind {
  /** Render's own word ("Render Public API", serviceType). */
  readonly type: "web_service" | "private_service" | "background_worker" | "cron_job";
  /** In words: "web service". */
  readonly noun: string;
  readonly token: string;
  /** What its ids begin with. */
  readonly prefix: "srv" | "crn";
  /** What its inputs and outputs are; what is not among them, the type does not have. */
  readonly inputs: z.ZodObject;
  readonly outputs: z.ZodObject;
}

export const WEB_SERVICE: ServiceKind = {
  type: "web_service",
  noun: "web service",
  token: "render:index:WebService",
  prefix: "srv",
  inputs: webServiceInputs,
  outputs: webServiceOutputs,
};

export const PRIVATE_SERVICE: ServiceKind = {
  type: "private_service",
  noun: "private service",
  token: "render:index:PrivateService",
  prefix: "srv",
  inputs: privateServiceInputs,
  outputs: privateServiceOutputs,
};

export const BACKGROUND_WORKER: ServiceKind = {
  type: "background_worker",
  noun: "background worker",
  token: "render:index:BackgroundWorker",
  prefix: "srv",
  inputs: privateServiceInputs,
  outputs: backgroundWorkerOutputs,
};

export const CRON_JOB: ServiceKind = {
  type: "cron_job",
  noun: "cron job",
  token: "render:index:CronJob",
  prefix: "crn",
  inputs: cronJobInputs,
  outputs: cronJobOutputs,
};

/** Whether services of the type have an input or output of the name. */
export function has({ outputs }: ServiceKind, name: string): boolean {
  return Object.hasOwn(outputs.shape, name);
}

/** The properties that services of the type have. */
export function only<Properties extends object>(kind: ServiceKind, properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => has(kind, name))) as Properties;
}
