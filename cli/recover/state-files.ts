/** The files in which a backend on this machine keeps stacks. */
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Pulumi } from "../pulumi.ts";
import { backendFolder } from "../state/backend-folder.ts";

/** Where the backend keeps what a run reads first. */
const FOLDERS = [".pulumi/stacks", ".pulumi/locks"];

/**
 * Removes attribute files that a killed engine has left half-written. The file backend keeps one beside each file
 * (`<file>.attrs`, Go CDK's fileblob) and, unlike the file, does not write it in one step. An empty one makes the stack
 * unreadable ("failed to load checkpoint: EOF"); none at all does no harm. Other backends are left alone.
 */
export async function removeBrokenAttributes(pulumi: Pulumi): Promise<void> {
  const backend = await backendFolder(pulumi);
  if (backend === undefined) return;
  for (const folder of FOLDERS) {
    for (const file of await attributeFiles(join(backend, folder))) {
      if (!isJson(await readFile(file, "utf8").catch(() => "{}"))) await rm(file, { force: true });
    }
  }
}

async function attributeFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter(({ name }) => name.endsWith(".attrs")).map(({ parentPath, name }) => join(parentPath, name));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
