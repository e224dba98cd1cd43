/** A copy of the project in a folder of its own, so that a test may edit the program, the Dockerfile or the site. */
import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDocument } from "yaml";
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
const LINKED = ["contract", "docs", "node_modules", "pipeline"];
/** The same, as folders of links, in which a test may put another plugin in the place of the program's own. */
const PLUGINS = ["circleci", "render"];

/** Copies the program into `folder` (made when missing) and returns `folder`. */
export async function copyProject(folder: string): Promise<string> {
  await mkdir(join(folder, "sandbox"), { recursive: true });
  for (const part of COPIED) {
    await cp(join(projectRoot, part), join(folder, part), { recursive: true, mode: 0, verbatimSymlinks: true });
  }
  await leaveDatastoresOut(join(folder, "Pulumi.sandbox.yaml"));
  for (const part of LINKED) await symlink(join(projectRoot, part), join(folder, part));
  const providers = join(projectRoot, "providers");
  await mkdir(join(folder, "providers"));
  await linkAll(providers, join(folder, "providers"), PLUGINS);
  for (const name of PLUGINS) {
    await mkdir(join(folder, "providers", name));
    await linkAll(join(providers, name), join(folder, "providers", name));
  }
  return folder;
}

/** A test that is not about database or cache does without the cost of real ones; `npm start` is tested with them. */
async function leaveDatastoresOut(file: string): Promise<void> {
  const stack = parseDocument(await readFile(file, "utf8"));
  for (const part of ["database", "cache"]) stack.deleteIn(["config", `delivery:${part}`]);
  await writeFile(file, stack.toString());
}

/** Links to everything in one folder from another. */
async function linkAll(from: string, to: string, except: readonly string[] = []): Promise<void> {
  const names = (await readdir(from)).filter((name) => !except.includes(name));
  await Promise.all(names.map((name) => symlink(join(from, name), join(to, name))));
}

/** Code that was compiled for one copy, kept for the next. */
const COMPILED = join(projectRoot, "node_modules", ".cache", "compiled-for-tests");

/**
 * The environment in which programs of a copy beside `folder/compiled` find the code that others compiled: Node names it
 * by its place beside the cache, which a link puts beside every copy, and takes it only for the very same source.
 */
export async function sharedCompileCache(folder: string): Promise<Record<string, string>> {
  await mkdir(COMPILED, { recursive: true });
  const link = join(folder, "compiled");
  await symlink(COMPILED, link);
  return { NODE_COMPILE_CACHE: link, NODE_COMPILE_CACHE_PORTABLE: "1" };
}
