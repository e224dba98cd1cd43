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
const FROM_SPECIAL = /[*?[\]\\^].*$/su;
const SPECIAL = /[*[\]?^\\]/;
/** Last segments that name nothing in particular. */
const EVERYTHING_IN_IT = /(?:\/\*+)+$/;
const ANYTHING = /^\*+$/;

/** Rules of one or more ignore files, one after the other. */
export class IgnoreRules {
  readonly #rules: readonly Rule[];
  readonly #exceptions: readonly string[];

  /** @throws Error that names the line which is not a valid pattern. */
  constructor(...texts: readonly string[]) {
    this.#rules = texts.flatMap(patternsOf).map((line) => {
      const isException = line.startsWith("!");
      const pattern = isException ? line.slice(1) : line;
      return { pattern, isException, matches: patternMatcher(pattern) };
    });
    this.#exceptions = this.#rules.filter(({ isException }) => isException).map(({ pattern }) => pattern);
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
    const paths = this.#exceptions.map(withoutTrailingGlob);
    // BuildKit asks the same while all exceptions are paths, and else enters every folder.
    if (!paths.some((path) => SPECIAL.test(path))) return paths.some((path) => `${path}/`.startsWith(below));
    return this.#exceptions.some((pattern) => {
      const literal = pattern.replace(FROM_SPECIAL, "");
      if (literal === pattern) return `${pattern}/`.startsWith(below);
      // An alternative or a repetition leaves nothing to rely on.
      return /[|{]/.test(pattern) || literal.startsWith(below) || below.startsWith(literal);
    });
  }

  /** Whether an exception names the path itself, or all that is in it, rather than what lies in a folder above it. */
  asksFor(path: string): boolean {
    return this.#exceptions.some((pattern) => {
      const named = pattern.replace(EVERYTHING_IN_IT, "");
      return !ANYTHING.test(named) && patternMatcher(named)(path);
    });
  }

  /** The exceptions that name a file or folder of this name. */
  exceptionsNaming(name: string): string[] {
    return this.#rules
      .filter(({ isException, pattern }) => isException && pattern.split("/").includes(name))
      .map(({ pattern }) => `!${pattern}`);
  }
}

/** Without one `/**` and then one `/*` at the end. */
function withoutTrailingGlob(pattern: string): string {
  return pattern.replace(/\/\*\*$/, "").replace(/\/\*$/, "");
}

/** The patterns of an ignore file: without comments and empty lines, and each path in its shortest form. */
function patternsOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  return lines
    .filter((line) => !line.startsWith("#"))
    .map(trimmed)
    .filter((line) => line !== "")
    .map((line) => (line.startsWith("!") ? `!${fromRoot(trimmed(line.slice(1)))}` : fromRoot(line)))
    .map(asRule);
}

/** The file's reader takes a path from the context's folder. */
function fromRoot(pattern: string): string {
  const shortest = pattern && shortestForm(pattern);
  return shortest.length > 1 && shortest.startsWith("/") ? shortest.slice(1) : shortest;
}

/** The matcher reads the line once more, with its `!`. */
function asRule(line: string): string {
  const pattern = shortestForm(trimmed(line));
  if (pattern === "!") throw new Error("the ignore file has a line with a lone `!`, which names nothing");
  return pattern;
}

/** As Go does it, which counts other characters among the spaces than JavaScript. */
function trimmed(text: string): string {
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
}

function shortestForm(path: string): string {
  const shortest = posix.normalize(path);
  return shortest.length > 1 && shortest.endsWith("/") ? shortest.slice(0, -1) : shortest;
}
