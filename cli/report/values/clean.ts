/** Text from elsewhere, made harmless to look at wherever it is shown. */
import { stripVTControlCharacters } from "node:util";

/** Control characters besides newline and tab, and what reorders or hides text: bidi controls, invisible characters. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Name and password in a URL: the password goes, a name alone (a DSN's public key) stays. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi;

/**
 * The text without terminal sequences; characters that are not seen are shown by their code, e.g. `<U+202E>`, and a
 * password in a URL by three dots.
 */
export function cleanText(text: string): string {
  return stripVTControlCharacters(text.toWellFormed())
    .replaceAll("\r\n", "\n")
    .replaceAll(
      UNSEEN,
      (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`,
    )
    .replaceAll(URL_PASSWORD, "$1:...@");
}

/** The same on one line. */
export function oneLine(text: string): string {
  return cleanText(text.replaceAll(/[\s\p{Zl}\p{Zp}]+/gu, " "));
}

/** JSON of a value, in which what is not seen, or steers a terminal, is written by its code: the value stays the same. */
export function safeJson(value: unknown, indent?: number): string {
  const escaped = (character: string): string =>
    [...character].length === 1 && (character.codePointAt(0) ?? 0) > 0xffff
      ? [0, 1].map((unit) => codeUnit(character, unit)).join("")
      : codeUnit(character, 0);
  // The newlines are those between the lines of the JSON; in its texts they are escaped.
  return JSON.stringify(value, undefined, indent).replaceAll(UNSEEN, escaped);
}

function codeUnit(character: string, index: number): string {
  return `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
}

/** The same for every text in a JSON value, keys included. */
export function cleanValue(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleanValue(inner)]));
}

/** Text as one line of at most so many characters. */
export function shortLine(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 3)}...`.toWellFormed();
}
