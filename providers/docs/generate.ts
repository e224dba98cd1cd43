/** `npm run docs`: writes the pages of the providers. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pages, pagesDir } from "./pages.ts";

mkdirSync(pagesDir, { recursive: true });
for (const [file, text] of Object.entries(pages())) writeFileSync(join(pagesDir, file), text);
