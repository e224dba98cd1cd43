/** The Dockerfile of the image. */
import { existsSync, readFileSync } from "node:fs";
import { inProject } from "./project-folder.ts";

/** What of a configuration decides it. */
interface Settings {
  readonly application: { readonly path: string };
  readonly image?: { readonly dockerfile?: string | undefined } | undefined;
}

/** Its path: the configured one, else the application's own, else this project's. */
export function dockerfilePath({ application, image }: Settings): string {
  if (image?.dockerfile) return inProject(image.dockerfile);
  const own = inProject(`${application.path}/Dockerfile`);
  return existsSync(own) ? own : inProject("Dockerfile");
}

/** Its text; undefined when there is none that can be read. */
export function dockerfileText(settings: Settings): string | undefined {
  try {
    return readFileSync(dockerfilePath(settings), "utf8");
  } catch {
    return undefined;
  }
}
