/** `npm run sdk`: writes the classes and the schema of each provider's package. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { formattedFiles } from "./formatted.ts";
import { packages } from "./packages.ts";

for (const [name, spec] of Object.entries(packages)) {
  for (const [file, text] of Object.entries(formattedFiles(spec))) {
    writeFileSync(join(import.meta.dirname, "..", name, file), text);
  }
}
