/** What may stand under `delivery:site`. */
import { z } from "zod";
import { count, oneOf, optionalPart, part, text, variables } from "../lib/configuration-fields.ts";
import { PAID_PLANS, REGIONS } from "../providers/render/vendor-values.ts";

/** What Render takes as a custom domain: a registered name or one below it, or all names below one. */
const DOMAIN = /^(?=.{1,253}$)(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** The running site. */
export const site = part({
  name: text("the service's name, also in its onrender.com address", "site-production", /^[\w-]{1,63}$/).optional(),
  ownerId: text("the id of the Render workspace", "tea-...", /^(tea|usr|own)-[a-z0-9]+$/),
  project: oneOf("whether a Render project holds an environment for each of ours", ["managed", "off"]).default(
    "managed",
  ),
  region: oneOf("the region", REGIONS),
  plan: oneOf("the plan", [...PAID_PLANS, "free"]),
  instances: count("the number of instances", 1).optional(),
  healthCheckPath: text("a path that starts with /", "/healthz/", /^\//),
  preDeployCommand: text("a command that runs before a new image serves", "'python manage.py migrate'").optional(),
  // Besides the onrender.com one, which Render itself tells the site.
  hosts: z.array(text("a host name", "www.example.com", /^[\w.-]+$/)).default([]),
  // Each gets its records in the stack's outputs, and the site answers to it.
  domains: z.array(text("a domain in lower case, without scheme or path", "www.example.com", DOMAIN)).default([]),
  // One disk, so one instance. What is on it survives deploys.
  disk: optionalPart({
    path: text("where the site finds the disk, an absolute path below /", "/app/media", /^\/./),
    sizeGB: count("the gigabytes of the disk; it can grow, never shrink", 1),
  }),
  // In the place of `instances`: as many as it takes to keep the use of CPU and memory at these percentages.
  autoscaling: optionalPart({
    min: count("the smallest number of instances", 1),
    max: count("the largest number of instances", 1, Number.MAX_SAFE_INTEGER, 3),
    cpu: count("the percentage of the CPU to aim at", 1, 90, 70).optional(),
    memory: count("the percentage of the memory to aim at", 1, 90, 70).optional(),
  }),
  variables: variables(text("the value of a variable", "1")),
  // Render makes one, an adopted site keeps its own, or `secretVariables` holds it.
  secretKey: oneOf("where Django's secret key comes from", ["generate", "keep", "value"]).default("generate"),
});
