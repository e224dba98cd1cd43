/** One pattern of an ignore file: Go's path patterns, and `**` for any number of folders. */
import { GoExpression } from "./go-expression.ts";

/** Whether a path matches as a whole. */
export type Matcher = (path: string) => boolean;

/** How often what stands before it may come, in a regular expression. */
const REPETITION = /^\{(?:0|[1-9]\d*)(?:,(?:0|[1-9]\d*)?)?\}/;

/**
 * Reads a pattern. As in BuildKit, one without special characters is compared as it is, `name/**` and `**name` match
 * beginnings and ends, also of longer names, and any other becomes a regular expression, which is compiled when a path
 * is first compared with it. In such a one `|` and `{2}` mean what they mean there, though no document says so.
 * @throws Error when the pattern is not valid; the matcher does when its regular expression is not.
 */
export function patternMatcher(pattern: string): Matcher {
  if (!isValid([...pattern])) throw invalid(pattern);
  const { kind, expression } = translated(pattern);
  if (kind === "exact") return (path) => path === pattern;
  if (kind === "prefix") return (path) => path.startsWith(pattern.slice(0, -2));
  if (kind === "suffix") {
    const end = pattern.slice(2);
    return (path) => path.endsWith(end) || (end.startsWith("/") && path === end.slice(1));
  }
  let compiled: RegExp | undefined;
  return (path) => {
    compiled ??= expression.compile();
    if (!compiled) throw invalid(pattern);
    // Go reads a byte that is not part of valid UTF-8 as a replacement character, in patterns and in paths.
    return compiled.test(path.toWellFormed());
  };
}

function translated(pattern: string) {
  const characters = [...pattern.toWellFormed()];
  let kind: "exact" | "prefix" | "suffix" | "expression" = "exact";
  const expression = new GoExpression();
  for (let at = 0; at < characters.length; ) {
    const isFirst = at === 0;
    const character = characters[at++] ?? "";
    if (character === "*" && characters[at] === "*") {
      at += characters[at + 1] === "/" ? 2 : 1;
      if (at < characters.length) expression.add("(.*/)?");
      else if (kind !== "exact") expression.add(".*");
      kind = isFirst ? "suffix" : at >= characters.length && kind === "exact" ? "prefix" : "expression";
    } else if (character === "*" || character === "?") {
      expression.add(character === "*" ? "[^/]*" : "[^/]");
      kind = "expression";
    } else if (character === "\\") {
      // One at the end escapes the end of the expression, of all things.
      if (at < characters.length) kind = "expression";
      expression.addEscaped(characters[at++] ?? "");
    } else if (character === "[" || character === "]") {
      expression.add(character);
      kind = "expression";
    } else if (character === "{") {
      const [repetition] = REPETITION.exec(characters.slice(at - 1).join("")) ?? [];
      if (repetition === undefined) expression.addLiteral(character);
      else expression.add(repetition);
      at += (repetition?.length ?? 1) - 1;
    } else if (".+()}$".includes(character)) expression.addLiteral(character);
    else expression.add(character);
  }
  return { kind, expression };
}

function invalid(pattern: string): Error {
  return new Error(`the ignore file has a pattern that is not valid: ${pattern.toWellFormed()}`);
}

/**
 * BuildKit refuses what Go does when it compares the pattern with ".", and Go reads no further than it has to: to the
 * first `*` behind the beginning, or the one after that when all before it matches.
 */
function isValid(characters: readonly string[]): boolean {
  const [first = "", second = ""] = chunksOf(characters);
  if (!isValidChunk([...first])) return false;
  const matchesDot = first === "." || translated(first).expression.compile()?.test(".");
  return !matchesDot || isValidChunk([...second]);
}

/** What lies between the `*`s. */
function chunksOf(characters: readonly string[]): string[] {
  const chunks = [""];
  let isInClass = false;
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? "";
    if (character === "*" && !isInClass) {
      if (at > 0 && characters[at - 1] !== "*") chunks.push("");
      continue;
    }
    if (character === "[") isInClass = true;
    if (character === "]") isInClass = false;
    const text = character === "\\" ? character + (characters[++at] ?? "") : character;
    chunks.push(`${chunks.pop()}${text}`);
  }
  return chunks;
}

/** Go's grammar of path patterns: a class is closed and not empty, a range has both ends, `\` is not the last. */
function isValidChunk(characters: readonly string[]): boolean {
  for (let at = 0; at < characters.length; at += 1) {
    if (characters[at] === "\\") {
      at += 1;
      if (at === characters.length) return false;
    } else if (characters[at] === "[") {
      const end = endOfClass(characters, at + 1);
      if (end === undefined) return false;
      at = end;
    }
  }
  return true;
}

function endOfClass(characters: readonly string[], start: number): number | undefined {
  let at = characters[start] === "^" ? start + 1 : start;
  for (let ranges = 0; ; ranges += 1) {
    if (characters[at] === "]" && ranges > 0) return at;
    const low = afterOne(characters, at);
    if (low === undefined) return undefined;
    const high = characters[low] === "-" ? afterOne(characters, low + 1) : low;
    if (high === undefined) return undefined;
    at = high;
  }
}

/** The place after one character of a class, which may be escaped. */
function afterOne(characters: readonly string[], at: number): number | undefined {
  const first = characters[at];
  if (first === undefined || first === "-" || first === "]") return undefined;
  const end = first === "\\" ? at + 2 : at + 1;
  return end < characters.length ? end : undefined;
}
