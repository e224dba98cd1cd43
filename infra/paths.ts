/** Where the program finds and keeps files. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Configuration } from "./config.ts";

/** The folder of Pulumi.yaml. */
export const projectRoot: string = resolve(import.meta.dirname, "..");

/** An absolute path; every path of the configuration starts at the project's folder. */
export function inProject(path: string): string {
  return resolve(projectRoot, path);
}

/** The Dockerfile: the configured one, else the application's own, else this project's. */
export function dockerfilePath({ application, image }: Configuration): string {
  if (image?.dockerfile) return inProject(image.dockerfile);
  const own = inProject(`${application.path}/Dockerfile`);
  return existsSync(own) ? own : inProject("Dockerfile");
}
