/** What git says of the files in a folder. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { nameOfBytes } from "./file-names.ts";

const run = promisify(execFile);

/** A checkout, seen from one of its folders. All paths are from there. */
export interface GitView {
  /** What git ignores: files, and with a `/` at their end folders in which it tracks nothing. */
  readonly ignored: readonly string[];
  /** What it tracks. */
  tracked(): Promise<ReadonlySet<string>>;
  /** Those of the paths, if they are not too many to ask for, whose lines end in CRLF here, and in LF in what was committed. */
  convertedHere(paths: readonly string[]): Promise<string[]>;
}

/** How many paths fit into a command on any system. */
const ASKED_AT_ONCE = 200;

/** Looks at a folder; undefined when it is in no checkout, is itself ignored by one, or git cannot be asked. */
export async function gitView(folder: string): Promise<GitView | undefined> {
  const list = (...args: string[]) => gitList(folder, args);
  const ignored = await list("--others", "--ignored", "--exclude-standard", "--directory").catch(() => undefined);
  if (!ignored || ignored.includes("./")) return undefined;
  return {
    ignored,
    tracked: async () => new Set(await list("--cached")),
    convertedHere: async (paths) => {
      // An argument is text.
      const asked = paths.filter((path) => path.isWellFormed()).slice(0, ASKED_AT_ONCE);
      const states = asked.length > 0 ? await list("--eol", "--", ...asked) : [];
      // "git-ls-files", --eol: `i/lf w/crlf attr/... TAB path`.
      const converted = states.filter((line) => /^i\/lf\s+w\/(?:crlf|mixed)\s/.test(line));
      return converted.map((line) => line.slice(line.indexOf("\t") + 1));
    },
  };
}

async function gitList(folder: string, args: readonly string[]): Promise<string[]> {
  // What a hook or another tool says of its own checkout is not about this one.
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, GIT_PREFIX: _prefix, ...env } = process.env;
  const command = ["--literal-pathspecs", "--no-optional-locks", "ls-files", "-z", ...args];
  const { stdout } = await run("git", command, { cwd: folder, env, encoding: "buffer", maxBuffer: 2 ** 28 });
  return splitAtNull(stdout).map(nameOfBytes);
}

function splitAtNull(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0, start);
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return parts;
}
