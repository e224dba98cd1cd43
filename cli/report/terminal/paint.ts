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
}

const NARROWEST = 20;

/** A painter for a terminal of so many columns. */
export function painter({ colour, width }: { readonly colour: boolean; readonly width: number }): Painter {
  const { bold, dim, green, yellow, red } = createColors(colour);
  const plain = (text: string): string => text;
  const paints = { plain, strong: bold, soft: dim, new: green, changed: yellow, danger: red };
  return {
    paint: (text, name) => paints[name](text),
    lines(text, indent = 0) {
      const room = Math.max(NARROWEST, width - indent - 2);
      const wrapped = wrapAnsi(text, room, { hard: true, trim: false }).split("\n");
      return wrapped.map((line, index) => `${" ".repeat(indent + (index > 0 ? 2 : 0))}${line.trimEnd()}`).join("\n");
    },
  };
}
