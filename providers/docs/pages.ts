/** All pages, made in memory: what `npm run docs` writes, and what a test compares with what is committed. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileOf } from "../sdk/names.ts";
import { packages } from "../sdk/packages.ts";
import { providerPage } from "./page.ts";
import { prefaces } from "./prefaces.ts";

const root = resolve(import.meta.dirname, "..", "..");

/** The folder of the pages. */
export const pagesDir: string = join(root, "docs", "providers");

/** Text of each page by its file's name. Throws when a resource or a function has no example. */
export function pages(): Readonly<Record<string, string>> {
  const names = Object.keys(prefaces) as (keyof typeof prefaces)[];
  return Object.fromEntries(
    names.map((name) => [`${name}.md`, providerPage(packages[name], prefaces[name], readExample)]),
  );
}

/** Path of the program that shows a resource or a function: `render:index:WebService` -> `…/render/web-service.ts`. */
export function examplePath(token: string): string {
  return join(root, "examples", "providers", token.slice(0, token.indexOf(":")), fileOf(token));
}

/** The program as one of this project's stacks would have it. */
function readExample(token: string): string {
  return readFileSync(examplePath(token), "utf8").replaceAll('"../../../providers/', '"../providers/');
}
