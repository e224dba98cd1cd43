/** Writes the pages that are made from the program's own definitions. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { configurationPage } from "./configuration-page.ts";
import { doctorPage } from "./doctor-page.ts";

const docs = resolve(import.meta.dirname, "../../docs");
writeFileSync(resolve(docs, "configuration.md"), configurationPage());
writeFileSync(resolve(docs, "doctor.md"), doctorPage());
