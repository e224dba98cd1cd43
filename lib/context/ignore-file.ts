/**
 * The ignore file of a build, as BuildKit reads it ("Dockerfile reference", .dockerignore file; what that leaves open
 * follows the behaviour of its own packages, patternmatcher and fsutil).
 *
 * Case counts. Only `*`, `?`, `[...]` and `\` are special. A pattern that matches a folder matches what lies below it.
 * Of the patterns that match, the last one decides.
 */
import { posix } from "node:path";
import { type Matcher, patternMatcher } from "./ignore-pattern.ts";

/** A line of an ignore file. */
interface Rule {
  /** As BuildKit has it: cleaned, without the `!`. */
  readonly pattern: string;
  readonly isException: boolean;
  readonly matches: Matcher;
}

/** Whether a path is ignored, and by rule, whether it or a folder above it matched. */
export interface Match {
  readonly isIgnored: boolean;
  readonly matched: readonly boolean[];
}

/** What matched nothing: the root of a context. */
export const ROOT: Match = { isIgnored: false, matched: [] };

/** A special character, and what follows. */
const FROM_SPECIAL = /[*?[\\^].*$/su;
/** A last segment that names nothing in particular. */
const ANYTHING = /(?:^|\/)\*+$/;

/** Rules of one or more ignore files, one after the other. */
export class IgnoreRules {
  readonly #rules: readonly Rule[];

  /** @throws Error that names the line which is not a valid pattern. */
  constructor(...texts: readonly string[]) {
    this.#rules = texts.flatMap(patternsOf).map((line) => {
      const isException = line.startsWith("!");
      const pattern = isException ? line.slice(1) : line;
      return { pattern, isException, matches: patternMatcher(pattern) };
    });
  }

  /** Judges a path, by what its folder matched. */
  match(path: string, folder: Match): Match {
    let isIgnored = false;
    const matched = this.#rules.map(({ isException, matches }, index) => {
      // What would change nothing is not looked at, and so does not count for the paths below either.
      const isMatch = folder.matched[index] || (isException === isIgnored && matches(path));
      if (isMatch) isIgnored = !isException;
      return isMatch;
    });
    return { isIgnored, matched };
  }

  /** Whether an exception may let in what lies below an ignored folder. */
  mayLetInBelow(folder: string): boolean {
    const below = `${folder}/`;
    return this.#rules.some(({ isException, pattern }) => {
      if (!isException) return false;
      const literal = pattern.replace(FROM_SPECIAL, "");
      if (literal === pattern) return `${pattern}/`.startsWith(below);
      return literal.startsWith(below) || below.startsWith(literal);
    });
  }

  /** Whether an exception names the path itself, rather than a folder above it or everything in one. */
  asksFor(path: string): boolean {
    return this.#rules.some(
      ({ isException, pattern, matches }) => isException && !ANYTHING.test(pattern) && matches(path),
    );
  }

  /** The exceptions that name a file or folder of this name. */
  exceptionsNaming(name: string): string[] {
    return this.#rules
      .filter(({ isException, pattern }) => isException && pattern.split("/").includes(name))
      .map(({ pattern }) => `!${pattern}`);
  }
}

/** The patterns of an ignore file: without comments and empty lines, and each path in its shortest form. */
function patternsOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  return lines
    .filter((line) => !line.startsWith("#"))
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => (line.startsWith("!") ? `!${cleaned(line.slice(1).trim())}` : cleaned(line)));
}

function cleaned(pattern: string): string {
  if (pattern === "") throw new Error("the ignore file has a line with a lone `!`, which names nothing");
  const shortest = posix.normalize(pattern);
  const open = shortest.length > 1 && shortest.endsWith("/") ? shortest.slice(0, -1) : shortest;
  return open.length > 1 && open.startsWith("/") ? open.slice(1) : open;
}
