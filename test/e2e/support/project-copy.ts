/** A copy of the project in a folder of its own, so that a test may edit the program, the Dockerfile or the site. */
import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../../sandbox/paths.ts";

/** What a run of the program reads; the installed packages are shared by a link. */
const PARTS = [
  "Pulumi.yaml",
  "Pulumi.sandbox.yaml",
  "Dockerfile",
  "package.json",
  "tsconfig.json",
  "contract",
  "docs",
  "infra",
  "pipeline",
  "policy",
  "lib",
  "stacks",
  "providers",
  "sandbox/app",
];

/** Copies the program into `folder` (made when missing) and returns `folder`. */
export async function copyProject(folder: string): Promise<string> {
  await mkdir(join(folder, "sandbox"), { recursive: true });
  for (const part of PARTS) {
    await cp(join(projectRoot, part), join(folder, part), { recursive: true, mode: 0, verbatimSymlinks: true });
  }
  await symlink(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  return folder;
}
