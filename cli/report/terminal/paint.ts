/** Lines of a terminal: wrapped, and coloured when asked. */
import { createColors } from "picocolors";
import wrapAnsi from "wrap-ansi";

/** How a piece of text is painted. */
export type Paint = "plain" | "strong" | "soft" | "new" | "changed" | "danger";

/** Writes lines of one width. */
export interface Painter {
  /** The text in its colour. */
  paint(text: string, paint: Paint): string;
  /** The text as lines that start `indent` columns in; further lines of a paragraph hang by two. */
  lines(text: string, indent?: number): string;
  /** The same for a line whose spaces count. */
  verbatim(text: string, indent?: number): string;
}

const NARROWEST = 20;
const HANGING = 2;

/** A painter for a terminal of so many columns. */
export function painter({ colour, width }: { readonly colour: boolean; readonly width: number }): Painter {
  const { bold, dim, green, yellow, red } = createColors(colour);
  const plain = (text: string): string => text;
  const paints = { plain, strong: bold, soft: dim, new: green, changed: yellow, danger: red };
  const wrapped = (text: string, indent: number, trim: boolean): string => {
    const room = Math.max(NARROWEST, width - indent - HANGING);
    const lines = wrapAnsi(text, room, { hard: true, trim }).split("\n");
    const [first = "", ...further] = lines.map((line, index) => (index < lines.length - 1 ? line.trimEnd() : line));
    const hanging = " ".repeat(indent + HANGING);
    return [" ".repeat(indent) + first, ...further.map((line) => hanging + line.trimStart())].join("\n");
  };
  return {
    paint: (text, name) => paints[name](text),
    lines: (text, indent = 0) => wrapped(text, indent, true),
    verbatim: (text, indent = 0) => wrapped(text, indent, false),
  };
}
