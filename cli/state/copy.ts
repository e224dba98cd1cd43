/** Own copies of a stack's state: what was there before a command changed it, for the day on which a backend loses it. */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** Below the program's folder; git leaves it out, and nobody but this user may enter it. */
const FOLDER = ".delivery/state";
/** How many copies of a stack are kept; the oldest goes first. */
const KEPT = 10;

/**
 * Keeps a state in a file that only this user may read; its secrets are encrypted as the stack has them.
 * @param exported the output of `pulumi stack export`.
 * @param folder the program's folder.
 * @returns the file's path, from that folder.
 */
export async function keepCopy(exported: string, stack: string, folder = process.cwd()): Promise<string> {
  const place = join(folder, FOLDER, fileName(stack));
  await mkdir(place, { recursive: true, mode: 0o700 });
  const file = await writeNew(place, exported);
  await Promise.all((await copiesIn(place)).slice(KEPT).map((old) => rm(old, { force: true })));
  return relative(folder, file);
}

/** The newest copy of a stack's state, from the program's folder; undefined when there is none. */
export async function newestCopy(stack: string, folder = process.cwd()): Promise<string | undefined> {
  const [newest] = await copiesIn(join(folder, FOLDER, fileName(stack)));
  return newest && relative(folder, newest);
}

/** The stack that has copies, when it is the only one. */
export async function onlyCopiedStack(folder = process.cwd()): Promise<string | undefined> {
  const [only, ...others] = await readdir(join(folder, FOLDER)).catch(() => []);
  return others.length === 0 ? only : undefined;
}

/** Newest first: their names are times. */
async function copiesIn(place: string): Promise<string[]> {
  const names = await readdir(place).catch(() => []);
  const copies = names.filter((name) => name.endsWith(".json")).sort();
  return copies.reverse().map((name) => join(place, name));
}

/** A stack may be named with its organization and project. */
function fileName(stack: string): string {
  return stack.split("/").at(-1) ?? stack;
}

/** A file named after the time, and after the next free millisecond where that one is taken: names sort as text. */
async function writeNew(place: string, content: string, time = Date.now()): Promise<string> {
  const file = join(place, `${new Date(time).toISOString().replaceAll(":", "-")}.json`);
  try {
    await writeFile(file, content, { mode: 0o600, flag: "wx" });
    return file;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return writeNew(place, content, time + 1);
  }
}
