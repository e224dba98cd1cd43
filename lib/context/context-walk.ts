/** The files of a context. */
import type { ContextRules } from "./context-rules.ts";
import { folderEntries } from "./file-names.ts";
import { type Match, ROOT } from "./ignore-file.ts";

/** A file or link of a context. */
export interface ContextEntry {
  /** Its path from the context's folder. */
  readonly path: string;
  readonly isLink: boolean;
}

/** What makes a folder a virtual environment, whatever it is called ("venv", Python's library reference). */
const VIRTUAL_ENVIRONMENT = "pyvenv.cfg";

/**
 * The files and links that the rules leave, in the order of their paths. Empty folders are left out, as git leaves them
 * out. A folder that is ignored is entered only when an exception may let in what lies below it, and then it may be
 * unreadable. Throws the system's error for another folder that cannot be read.
 * @param list gives what is in a folder.
 */
export function contextEntries(
  source: string,
  { rules, file }: ContextRules,
  list: typeof folderEntries = folderEntries,
): ContextEntry[] {
  const found: ContextEntry[] = [];
  const folders: { readonly path: string; readonly match: Match }[] = [{ path: "", match: ROOT }];
  const readable = (folder: string, isIgnored: boolean) => {
    try {
      return list(folder);
    } catch (error) {
      if (isIgnored && ["EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
      throw error;
    }
  };
  for (const { path: folder, match: above } of folders) {
    const entries = readable(folder === "" ? source : `${source}/${folder}`, above.isIgnored);
    if (file === undefined && folder !== "" && entries.some(({ name }) => name === VIRTUAL_ENVIRONMENT)) continue;
    for (const { name, kind } of entries) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const match = rules.match(path, above);
      if (kind === "folder") {
        if (!match.isIgnored || rules.mayLetInBelow(path)) folders.push({ path, match });
      } else if (kind !== "other" && !match.isIgnored) found.push({ path, isLink: kind === "link" });
    }
  }
  return found.sort((one, other) => (one.path < other.path ? -1 : 1));
}
