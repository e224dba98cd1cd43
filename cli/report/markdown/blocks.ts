/** Blocks that the Markdown is built from. */
import { text } from "./text.ts";

/** The first ones, and how many there are besides. */
export function cut<T>(all: readonly T[], most: number, line: (one: T) => string, what: string): string[] {
  const rest = all.length - Math.min(all.length, most);
  return [...all.slice(0, most).map(line), ...(rest > 0 ? [`and ${rest} more ${what}`] : [])];
}

/** A fold of blocks. */
export function fold(summary: string, blocks: readonly string[]): string {
  return `<details><summary>${text(summary)}</summary>\n\n${blocks.join("\n\n")}\n\n</details>`;
}

/** GitHub's alert. Source: GitHub documentation, "Basic writing and formatting syntax", Alerts. */
export function alert(kind: "CAUTION" | "WARNING", paragraphs: readonly string[]): string {
  return [`[!${kind}]`, paragraphs.join("\n\n")]
    .join("\n")
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
}
