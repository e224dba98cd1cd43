/** One pattern of an ignore file: Go's path patterns, and `**` for any number of folders. */

/** Whether a path matches as a whole. */
export type Matcher = (path: string) => boolean;

/** Escaped letters that mean in BuildKit's regular expressions what they mean here; it refuses most others. */
const CLASS_LETTERS = /[bBdDsSwW]/;
const NOT_ESCAPABLE = /[\p{L}\p{N}]|[^\0-\x7f]/u;

/**
 * Reads a pattern. As in BuildKit, one without special characters is compared as it is, `name/**` and `**name` match
 * beginnings and ends, also of longer names, and any other becomes a regular expression.
 * @throws Error when the pattern is not valid.
 */
export function patternMatcher(pattern: string): Matcher {
  const characters = [...pattern];
  if (!isValid(characters)) throw invalid(pattern);
  let kind: "exact" | "prefix" | "suffix" | "expression" = "exact";
  const expression = new Expression();
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
      const escaped = characters[at++] ?? "";
      if (NOT_ESCAPABLE.test(escaped) && !CLASS_LETTERS.test(escaped)) throw invalid(pattern);
      expression.addEscaped(escaped);
      kind = "expression";
    } else if (character === "[" || character === "]") {
      expression.add(character);
      kind = "expression";
    } else if (".+()|{}$".includes(character)) expression.addEscaped(character);
    else expression.add(character);
  }
  if (kind === "exact") return (path) => path === pattern;
  if (kind === "prefix") return (path) => path.startsWith(pattern.slice(0, -2));
  if (kind === "suffix") {
    const end = pattern.slice(2);
    return (path) => path.endsWith(end) || (end.startsWith("/") && path === end.slice(1));
  }
  const compiled = expression.compile();
  if (!compiled) throw invalid(pattern);
  return (path) => compiled.test(path);
}

function invalid(pattern: string): Error {
  return new Error(`the ignore file has a pattern that is not valid: ${pattern.toWellFormed()}`);
}

/** A regular expression in Go's words, put into JavaScript's, which take fewer brackets as they are. */
class Expression {
  #source = "";
  #isInClass = false;

  add(text: string): void {
    for (const character of text) {
      const isOpening = character === "[" && !this.#isInClass;
      const isClosing = character === "]" && this.#isInClass;
      if ("[]".includes(character) && !isOpening && !isClosing) this.#source += `\\${character}`;
      else this.#source += character === "." && !this.#isInClass ? "[^\\n]" : character;
      if (isOpening) this.#isInClass = true;
      if (isClosing) this.#isInClass = false;
    }
  }

  addEscaped(character: string): void {
    const isSpecial = /[\^$\\.*+?()[\]{}|/]/.test(character) || (character === "-" && this.#isInClass);
    this.#source += isSpecial || CLASS_LETTERS.test(character) ? `\\${character}` : character;
  }

  compile(): RegExp | undefined {
    try {
      return new RegExp(`^${this.#source}$`, "u");
    } catch {
      return undefined;
    }
  }
}

/** Go's grammar of path patterns: a class is closed and not empty, a range has both ends, `\` is not the last. */
function isValid(characters: readonly string[]): boolean {
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
  return end <= characters.length ? end : undefined;
}
