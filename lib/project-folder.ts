/** The project's folder, and paths in it. */
import { resolve } from "node:path";

/** The folder of Pulumi.yaml. */
export const projectRoot: string = resolve(import.meta.dirname, "..");

/** An absolute path; every path of the configuration starts at the project's folder. */
export function inProject(path: string): string {
  return resolve(projectRoot, path);
}
