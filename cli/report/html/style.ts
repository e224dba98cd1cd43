/** How the page looks. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The style sheet, to be put into the page. */
export const STYLE = readFileSync(join(import.meta.dirname, "style.css"), "utf8");
