/** The types of services that the provider knows: what tells them apart, once. */
import type { z } from "zod";
import { webServiceInputs } from "./inputs.ts";
import { webServiceOutputs } from "./outputs.ts";

/** A type of service that runs an image. */
export interface ServiceKind {
  /** Render's own word ("Render Public API", serviceType). */
  readonly type: "web_service";
  /** In words: "web service". */
  readonly noun: string;
  readonly token: string;
  /** What its inputs and outputs are; what is not among them, the type does not have. */
  readonly inputs: z.ZodObject;
  readonly outputs: z.ZodObject;
}

export const WEB_SERVICE: ServiceKind = {
  type: "web_service",
  noun: "web service",
  token: "render:index:WebService",
  inputs: webServiceInputs,
  outputs: webServiceOutputs,
};

/** Whether services of the type have an input or output of the name. */
export function has({ outputs }: ServiceKind, name: string): boolean {
  return Object.hasOwn(outputs.shape, name);
}

/** The properties that services of the type have. */
export function only<Properties extends object>(kind: ServiceKind, properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => has(kind, name))) as Properties;
}
