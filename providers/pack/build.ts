/**
 * `npm pack` of a provider: compiles what its package holds, the kit with it, into its own folder's `dist/`.
 * Run by the package's `prepack`, in its folder.
 */
import { copyFileSync, cpSync, globSync, mkdirSync, rmSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { compile } from "./compile.ts";

const providers = resolve(import.meta.dirname, "..");
const folder = process.cwd();
const name = basename(folder);
const dist = join(folder, "dist");
/** What programs import, and what the engine starts. The kit alone is a library. */
const entries = globSync(["index.ts", "plugin/main.ts"], { cwd: folder }).map((file) => join(folder, file));

rmSync(dist, { recursive: true, force: true });
compile(entries, { root: providers, out: dist });
for (const script of globSync("kit/*.js", { cwd: providers })) {
  const copy = join(dist, script);
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(join(providers, script), copy);
}
cpSync(join(providers, "..", "LICENSE"), join(folder, "LICENSE"));
process.stderr.write(
  `${name}: ${globSync("**/*.js", { cwd: dist }).length} files in ${relative(process.cwd(), dist)}\n`,
);
