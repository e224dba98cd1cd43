/** What is worth knowing of a context: what was left out of it, and what perhaps should be. */
import { fileSecrecy, isSecretFolder } from "../secret-files.ts";
import type { ContextRules } from "./context-rules.ts";
import type { FileFacts } from "./copy-files.ts";
import type { GitView } from "./git-view.ts";

/** Paths, each as the context has it. */
export interface Findings {
  /** Whether the default list stood for an ignore file. */
  readonly isByDefault: boolean;
  /** Exceptions of the ignore file that ask for the history, in vain. */
  readonly asksForHistory: readonly string[];
  /** Secrets beyond doubt that were left out. */
  readonly leftOut: readonly string[];
  /** What looks like a secret and stays. */
  readonly secretLooking: readonly string[];
  /** What git ignores and stays: files, and folders that end in `/`, with the number of files. */
  readonly ignoredByGit: readonly { readonly path: string; readonly files: number }[];
  /** Scripts that Linux will not start, because their lines end in CRLF. */
  readonly crlfScripts: readonly string[];
  /** Files whose lines end in CRLF here, and in LF in what was committed: another checkout makes another image. */
  readonly convertedLines: readonly string[];
}

/**
 * Which of the files are left out: secrets beyond doubt that git does not track, or that nobody can say to be tracked.
 * An exception of the ignore file that names one, or a folder of secrets that it is in, lets it in.
 */
export async function secretsToLeaveOut(
  paths: readonly string[],
  isKey: (path: string) => boolean,
  { rules }: ContextRules,
  git: GitView | undefined,
): Promise<ReadonlySet<string>> {
  const isAskedFor = (path: string) =>
    rules.asksFor(path) || above(path).some((folder) => isSecretFolder(folder) && rules.asksFor(folder));
  const certain = paths.filter((path) => fileSecrecy(path, isKey(path)) === "certain" && !isAskedFor(path));
  if (certain.length === 0) return new Set();
  const tracked = await git?.tracked();
  return new Set(certain.filter((path) => !tracked?.has(path)));
}

/** Looks through the files of a context. */
export async function findingsOf(
  files: ReadonlyMap<string, FileFacts>,
  leftOut: readonly string[],
  { file, asksForHistory }: ContextRules,
  git: GitView | undefined,
): Promise<Findings> {
  const marked = (...marks: FileFacts["mark"][]): string[] =>
    [...files].filter(([, { mark }]) => mark && marks.includes(mark)).map(([path]) => path);
  const paths = [...files.keys()];
  return {
    isByDefault: file === undefined,
    asksForHistory,
    leftOut,
    secretLooking: paths.filter((path) => fileSecrecy(path, files.get(path)?.mark === "key") !== undefined),
    ignoredByGit: ignoredAmong(paths, git),
    crlfScripts: marked("script"),
    convertedLines: (await git?.convertedHere(marked("crlf", "script"))) ?? [],
  };
}

function ignoredAmong(paths: readonly string[], git: GitView | undefined): Findings["ignoredByGit"] {
  const ignored = new Set(git?.ignored);
  if (ignored.size === 0) return [];
  const counts = new Map<string, number>();
  for (const path of paths) {
    const entry = [path, ...above(path).map((folder) => `${folder}/`)].find((name) => ignored.has(name));
    if (entry !== undefined) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  }
  return [...counts].map(([path, count]) => ({ path, files: count }));
}

/** `a` and `a/b` of `a/b/c`. */
function above(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) folders.push(path.slice(0, at));
  return folders;
}
