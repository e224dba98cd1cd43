/** `npm run contract`: writes what other programs use of the contract, from its one definition in schema.ts. */
import { writeFile } from "node:fs/promises";
import { contractFiles } from "./files.ts";

for (const { path, content } of await contractFiles()) await writeFile(path, content);
