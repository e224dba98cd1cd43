/** The Dockerfile of the image. */
import { existsSync } from "node:fs";
import { inProject } from "../lib/project-folder.ts";
import type { Configuration } from "./config.ts";

/** Its path: the configured one, else the application's own, else this project's. */
export function dockerfilePath({ application, image }: Configuration): string {
  if (image?.dockerfile) return inProject(image.dockerfile);
  const own = inProject(`${application.path}/Dockerfile`);
  return existsSync(own) ? own : inProject("Dockerfile");
}
