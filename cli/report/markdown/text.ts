/**
 * Text from elsewhere inside GitHub's Markdown. Reports are made of HTML elements, in which nothing is formatting; the
 * same text also stays text where Markdown is read, as in an alert. Source: "GitHub Flavored Markdown Spec".
 */

/** Characters with a meaning in Markdown or HTML. An entity is never taken for formatting. */
const SPECIAL = /[&<>"'`*_[\]~\\|$!#@]|:(?=\/\/)|(?<=www)\./gi;

/** What GitHub turns into a mention, a reference or a link outside code: cut by a space without width. */
const LINKING = /(?<=[@#])|(?<=\bGH)(?=-\d)|(?=:\/\/)|(?<=\bwww)(?=\.)/gi;

/** What a message has between backticks. */
const QUOTED = /`([^`]+)`/;

const SPACE_WITHOUT_WIDTH = "\u200b";

/** A sentence: looks the same, and links and calls nobody. */
export function text(content: string): string {
  return encoded(oneLine(content).replaceAll(LINKING, SPACE_WITHOUT_WIDTH)).replaceAll(SPACE_WITHOUT_WIDTH, "&#8203;");
}

/** A name or a value: exactly as it is, in the type of code, where GitHub links nothing. */
export function code(content: string): string {
  return `<code>${encoded(oneLine(content))}</code>`;
}

/** A message of several lines, with what stands between backticks as code. */
export function message(content: string): string {
  const lines = content.split("\n").map((line) => {
    const parts = line.split(QUOTED);
    return parts.map((part, index) => (index % 2 === 1 ? code(part) : text(part))).join("");
  });
  return lines.join("<br>");
}

/** A block of lines that stays one whatever they hold. */
export function fence(language: string, lines: readonly string[]): string {
  const content = lines.flatMap((line) => line.split("\n")).join("\n");
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = "`".repeat(longest + 1);
  return `${mark}${language}\n${content}\n${mark}`;
}

function oneLine(content: string): string {
  return content.replaceAll(/\s*\n\s*/g, " ⏎ ").replaceAll("\t", " ");
}

function encoded(content: string): string {
  return content.replaceAll(SPECIAL, (character) => `&#${character.codePointAt(0)};`);
}
