/** What a test staged in this project. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readKnownFiles } from "../../../lib/context/known-files.ts";
import { inProject } from "../../../lib/project-folder.ts";
import { removeFolder } from "./configuration.ts";

const CONTEXTS = inProject(".delivery/contexts");

/** Removes what was staged last of an application, and what is known of it; to be called before the application goes. */
export async function removeStaged(application: string): Promise<void> {
  const { staged, file } = await readKnownFiles(CONTEXTS, application);
  if (staged === "") return;
  const names = await readdir(CONTEXTS);
  for (const name of names.filter((name) => name.startsWith(staged))) await removeFolder(join(CONTEXTS, name));
  await removeFolder(file);
}
