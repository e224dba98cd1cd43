/** Where the sandbox keeps things. Everything it writes is under one of these two folders. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The checkout: the folder that holds Pulumi.yaml. */
export const projectRoot: string = resolve(import.meta.dirname, "..");

/** Folder of a sandbox's state (services, stack, registry) when none is given. */
export const defaultStateDir: string = join(projectRoot, ".sandbox");

/** Folder of what is worth keeping between sandboxes (base image, layer cache), honouring XDG_CACHE_HOME. */
export function cacheDir(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "delivery");
}
