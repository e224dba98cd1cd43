/** A copy of the project in a folder of its own, so that a test may edit the program, the Dockerfile or the site. */
import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../../sandbox/paths.ts";

/** What a run of the program reads and a test may edit. */
const COPIED = [
  "Pulumi.yaml",
  "Pulumi.sandbox.yaml",
  "Dockerfile",
  "package.json",
  "tsconfig.json",
  "infra",
  "policy",
  "lib",
  "stacks",
  "sandbox/app",
];
/** What no test edits: by a link, so that Node compiles it once for all copies. */
const LINKED = ["contract", "docs", "node_modules", "pipeline", "providers"];

/** Copies the program into `folder` (made when missing) and returns `folder`. */
export async function copyProject(folder: string): Promise<string> {
  await mkdir(join(folder, "sandbox"), { recursive: true });
  for (const part of COPIED) {
    await cp(join(projectRoot, part), join(folder, part), { recursive: true, mode: 0, verbatimSymlinks: true });
  }
  for (const part of LINKED) await symlink(join(projectRoot, part), join(folder, part));
  return folder;
}
