/** Writes the pages that are made from the program's own definitions. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { configurationPage } from "./configuration-page.ts";

writeFileSync(resolve(import.meta.dirname, "../../docs/configuration.md"), configurationPage());
