/**
 * `npm pack` of a provider: makes what its package holds, in its own folder's `dist/`. The classes are compiled, the plugin
 * is one file with all that it needs. Run by the package's `prepack`, in its folder. The kit is a library, without a plugin.
 */
import { copyFileSync, existsSync, globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { bundle } from "./bundle.ts";
import { compile } from "./compile.ts";

const providers = resolve(import.meta.dirname, "..");
const folder = process.cwd();
const name = basename(folder);
const dist = join(folder, "dist");
const plugin = join("plugin", "main.ts");

rmSync(dist, { recursive: true, force: true });
compile([join(folder, "index.ts")], { root: providers, out: dist });
if (existsSync(join(folder, plugin))) {
  const licenses = await bundle(join(folder, plugin), join(dist, name, "plugin", "main.js"));
  writeFileSync(join(folder, "THIRD-PARTY-LICENSES"), licenses);
}
for (const script of globSync("kit/*.js", { cwd: providers })) {
  const copy = join(dist, script);
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(join(providers, script), copy);
}
copyFileSync(join(providers, "..", "LICENSE"), join(folder, "LICENSE"));
process.stderr.write(
  `${name}: ${globSync("**/*.js", { cwd: dist }).length} files in ${relative(process.cwd(), dist)}\n`,
);
