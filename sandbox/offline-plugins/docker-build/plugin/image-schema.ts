/** Inputs and outputs of docker-build's Image, as the SDK of the vendor's plugin declares them. */
import { z } from "zod";

const text = z.string().optional();
const flag = z.boolean().optional();
const map = z.record(z.string(), z.string()).optional();
const list = z.array(z.string()).optional();

/** Settings that the offline edition leaves out: its builds go from a folder to a registry and nowhere else. */
export const leftOut = ["addHosts", "builder", "exec", "exports", "load", "noCache", "ssh"] as const;

/** A cache in a registry, the one kind that the offline edition takes. */
const caches = z.array(z.object({ registry: z.looseObject({ ref: z.string() }) })).optional();

export const registrySchema = z.object({ address: z.string(), username: text, password: text });

export const imageInputs = z.object({
  buildArgs: map,
  buildOnPreview: z.boolean().default(true),
  context: z.object({ location: z.string(), named: z.unknown().optional() }).optional(),
  dockerfile: z.object({ location: text, inline: text }).optional(),
  ignoreSecretsInDiffCalculation: list,
  labels: map,
  network: z.enum(["default", "host", "none"]).default("default"),
  platforms: list,
  pull: flag,
  push: z.boolean(),
  registries: z.array(registrySchema).optional(),
  secrets: map,
  tags: list,
  target: text,
  addHosts: list,
  builder: z.unknown().optional(),
  cacheFrom: caches,
  cacheTo: caches,
  exec: flag,
  exports: z.unknown().optional(),
  load: flag,
  noCache: flag,
  ssh: z.unknown().optional(),
});

export const imageOutputs = imageInputs.extend({
  contextHash: z.string(),
  digest: z.string(),
  ref: z.string(),
});

export type ImageInputs = z.output<typeof imageInputs>;
export type ImageOutputs = z.output<typeof imageOutputs>;
export type Registry = z.output<typeof registrySchema>;
