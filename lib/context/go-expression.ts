/** Regular expressions in Go's words ("regexp/syntax"), as far as a pattern of an ignore file can hold them. */

/** Escaped letters and digits that have a meaning; of others Go takes none that a path could need. */
const ESCAPED = new Map([
  ...[..."bBdDfnrtvwWx"].map((letter) => [letter, `\\${letter}`] as const),
  ...([
    ["a", "\\x07"],
    ["A", "^"],
    ["z", "$"],
    ["s", "[\\t\\n\\f\\r ]"],
    ["S", "[^\\t\\n\\f\\r ]"],
  ] as const),
]);
/** Those that stand for characters, as a class takes them. */
const ESCAPED_IN_CLASS = new Map([
  ...[..."dDfnrtvwWx"].map((letter) => [letter, `\\${letter}`] as const),
  ...([
    ["a", "\\x07"],
    ["s", "\\t\\n\\f\\r "],
  ] as const),
]);
/** Names of ASCII classes, which stand in a class as `[:name:]`. */
const NAMED: Readonly<Record<string, string>> = {
  ...{ alnum: "0-9A-Za-z", alpha: "A-Za-z", ascii: "\\0-\\x7f", blank: "\\t ", cntrl: "\\0-\\x1f\\x7f", digit: "0-9" },
  ...{ graph: "!-~", lower: "a-z", print: " -~", punct: "!-\\/:-@\\[-`\\{-~", space: "\\t\\n\\v\\f\\r ", upper: "A-Z" },
  ...{ word: "0-9A-Za-z_", xdigit: "0-9A-Fa-f" },
};

/** One that grows piece by piece, and is put into JavaScript's words, which take fewer brackets as they are. */
export class GoExpression {
  #source = "";
  #class: string | undefined;
  #isValid = true;

  /** Adds what is written in Go's words. */
  add(text: string): void {
    for (const character of text) {
      if (this.#class !== undefined) this.#addToClass(character);
      else if (character === "[") this.#class = "";
      else if (character === "]") this.#source += "\\]";
      else this.#source += character === "." ? "[^\\n]" : character;
    }
  }

  /** Adds a character that stands for itself. */
  addLiteral(character: string): void {
    const isSpecial = /[\^$\\.*+?()[\]{}|/]/.test(character) || (character === "-" && this.#class !== undefined);
    this.#append(isSpecial ? `\\${character}` : character);
  }

  /** Adds what follows a backslash. */
  addEscaped(character: string): void {
    const known = (this.#class === undefined ? ESCAPED : ESCAPED_IN_CLASS).get(character);
    if (character === "") this.#append("\\");
    else if (known !== undefined) this.#append(known);
    else if (/[^\0-\x7f]|[A-Za-z0-9]/.test(character)) this.#isValid = false;
    else this.addLiteral(character);
  }

  /** The whole of a text has to match. Undefined when the expression is not valid. */
  compile(): RegExp | undefined {
    if (!this.#isValid || this.#class !== undefined) return undefined;
    try {
      return new RegExp(`^${this.#source}$`, "u");
    } catch {
      return undefined;
    }
  }

  #append(source: string): void {
    if (this.#class === undefined) this.#source += source;
    else this.#class += source;
  }

  #addToClass(character: string): void {
    const name = character === "]" && /\\\[:(\w+):$/.exec(this.#class ?? "");
    if (name) this.#class = `${this.#class?.slice(0, name.index)}${NAMED[name[1] ?? ""] ?? this.#refused()}`;
    else if (character === "]" && /^\^?$/.test(this.#class ?? "")) this.#class += "\\]";
    else if (character === "]") {
      this.#source += `[${this.#class}]`;
      this.#class = undefined;
    } else this.#class += character === "[" ? "\\[" : character;
  }

  #refused(): string {
    this.#isValid = false;
    return "";
  }
}
