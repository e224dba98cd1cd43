/** The sample site and its stack's file, as they are in the repository, and a change of both. */
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { exists } from "../docker/system/exists.ts";
import { projectRoot } from "../paths.ts";

const SITE = join(projectRoot, "sandbox", "app");
const STACK_FILE = "Pulumi.sandbox.yaml";
/** Where the repository has the stack's file. */
const STACK_PATH = join("delivery", STACK_FILE);
const FRONT_PAGE = join("notes", "templates", "notes", "front_page.html");
const MISSING_PAGE = join("notes", "templates", "404.html");
/** What lies beside the site's files on a machine where it has run. */
const LEFT_OUT = /^(?:__pycache__|staticfiles|\.venv|venv|.*\.pyc)$/;

/** Whether a checkout has the site. */
export function hasSite(folder: string): Promise<boolean> {
  return exists(join(folder, "manage.py"));
}

/** Puts the site and the stack's file into a checkout. What the chain has put there stays. */
export async function writeSite(folder: string): Promise<void> {
  await cp(SITE, folder, { recursive: true, force: false, filter: (path) => !LEFT_OUT.test(basename(path)) });
  await mkdir(join(folder, dirname(STACK_PATH)), { recursive: true });
  await cp(join(projectRoot, STACK_FILE), join(folder, STACK_PATH));
}

/** What a pull request is to change. */
export interface Change {
  /** Stands in the changed text, so that each change is another. */
  readonly number: number;
  /** Whether a test of the site is to fail for it. */
  readonly failing: boolean;
}

/** Changes a sentence of the front page and the plan of the service. */
export async function changeSite(folder: string, { number, failing }: Change): Promise<void> {
  const sentence = `One idea each, by the people who deployed it. Changed by pull request ${number}.`;
  await edit(join(folder, FRONT_PAGE), (text) => text.replace(/<p>One idea each[^<]*<\/p>/, `<p>${sentence}</p>`));
  // The site's own test holds the words of this page.
  if (failing)
    await edit(join(folder, MISSING_PAGE), (text) => text.replace(/<em>[^<]*<\/em>/, `<em>at all ${number}</em>`));
  // As text, so that nothing but the plan is another.
  await edit(join(folder, STACK_PATH), (text) =>
    text.replace(/(delivery:site:\n(?: {4}.*\n)*? {4}plan: )(\w+)/, (_all, before, plan) =>
      [before, plan === "starter" ? "standard" : "starter"].join(""),
    ),
  );
}

/** Fails when nothing was changed: the site's files are others than this knows. */
async function edit(file: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(file, "utf8");
  const after = change(before);
  if (before === after) throw new Error(`${file} does not hold what the sandbox's pull request changes.`);
  await writeFile(file, after);
}
