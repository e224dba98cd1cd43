/** What is known of single outputs of the chain's resources, beyond what their schemas say. */
import type { ResourceState } from "../engine-events/index.ts";
import { kindOf } from "../report/catalogue/index.ts";

const KEY = "sentry:index/sentryKey:SentryKey";
const SERVICE = "render:index:WebService";
const DATABASE = "render:index:Postgres";
const CACHE = "render:index:KeyValue";

/** Outputs that every service stamps by itself. */
const STAMPS: readonly string[] = ["createdAt", "etag", "maskedValue", "updatedAt"];

/** Something about a resource that a report tells in words of its own. */
export interface Notice {
  readonly path: string;
  readonly reason: string;
  /** Whether it counts as drift: the chain does not work as declared, although no input differs. */
  readonly isDrift: boolean;
}

/** Whether the service changes this output by itself. */
export function isBookkeeping(type: string, path: string): boolean {
  return STAMPS.includes(path) || (kindOf(type).bookkeeping ?? []).includes(path);
}

/** What of a resource, as it was found, keeps the chain from working or is somebody else's, although no input says so. */
export function noticesOf(type: string, remembered: ResourceState, found: ResourceState): Notice[] {
  if (type === KEY) return [...keyNotices(found), ...rateLimit(remembered, found)];
  if (type === SERVICE)
    return [
      ...suspension(found, "The site is down, and an update refuses to change it: resume the service on Render."),
      ...failedDeploy(remembered, found),
      ...liveImage(remembered, found),
      ...foreign(remembered, found),
    ];
  if (type === DATABASE)
    return suspension(found, "The site has no database, and an update refuses to change it: resume it on Render.");
  if (type === CACHE) return suspendedCache(found);
  return [];
}

function keyNotices({ outputs }: ResourceState): Notice[] {
  if (outputs["isActive"] !== false) return [];
  const reason = "Sentry drops what is sent with it, and no update changes that: enable the key in Sentry.";
  return [{ path: "isActive", reason, isDrift: true }];
}

/** A key without a limit has none in its state, or null: one that was set by hand looks like a default then. */
function rateLimit(remembered: ResourceState, found: ResourceState): Notice[] {
  return ["rateLimitCount", "rateLimitWindow"].flatMap((path) => {
    if (remembered.inputs[path] !== undefined || remembered.outputs[path] || !found.outputs[path]) return [];
    return [{ path, reason: "The program does not declare it.", isDrift: false }];
  });
}

function suspension({ outputs }: ResourceState, reason: string): Notice[] {
  return outputs["suspended"] === true ? [{ path: "suspended", reason, isDrift: true }] : [];
}

/** Of a key value store Render tells by its status alone that it sleeps. */
function suspendedCache({ outputs }: ResourceState): Notice[] {
  if (outputs["status"] !== "suspended") return [];
  const reason = "The site has no cache, and an update refuses to go on: resume it on Render.";
  return [{ path: "status", reason, isDrift: true }];
}

/** The provider deploys again because of it. A pipeline's deploys are the pipeline's to look after. */
function failedDeploy(remembered: ResourceState, { inputs, outputs }: ResourceState): Notice[] {
  const status = outputs["deployStatus"];
  const isNew = outputs["deployId"] !== remembered.outputs["deployId"];
  if (inputs["imageManagement"] === "external" || !isNew || !/failed$/.test(String(status))) return [];
  const reason = "Somebody else's deploy failed; the next update deploys again.";
  return [{ path: "deployStatus", reason, isDrift: true }];
}

/** Another image than the declared one is a difference in the input, unless a pipeline decides which one runs. */
function liveImage(remembered: ResourceState, { inputs, outputs }: ResourceState): Notice[] {
  const path = "liveImage";
  if (inputs["imageManagement"] !== "external" || outputs[path] === remembered.outputs[path]) return [];
  const reason = "CircleCI deploys this site: image.delivery is continuous.";
  return [{ path, reason, isDrift: false }];
}

function foreign(remembered: ResourceState, found: ResourceState): Notice[] {
  return ["undeclaredVariables", "undeclaredSecretFiles"].flatMap((path) => {
    const [before = [], now = []] = [remembered.outputs[path], found.outputs[path]] as string[][];
    if (now.every((name) => before.includes(name))) return [];
    const reason = "Only the service has them: the program does not declare them.";
    return [{ path, reason, isDrift: false }];
  });
}
