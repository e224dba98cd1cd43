/** A plugin as one file, with all that it needs but Node: the Pulumi CLI copies a plugin's folder, not what npm put beside it. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type Metafile } from "esbuild";

/** CommonJS packages within a module ask for Node's own modules by `require`, which a module does not have. */
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/**
 * Bundles the entry with every package that it imports into the file `out`.
 * @returns the licenses of those packages, which each of them asks to be passed on.
 * @throws Error with the bundler's words when something cannot be resolved, and when a package comes without a license.
 */
export async function bundle(entry: string, out: string): Promise<string> {
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22.18",
    banner: { js: REQUIRE },
    legalComments: "inline",
    logLevel: "error",
    metafile: true,
  });
  return packagesOf(metafile).map(licenseOf).join("\n");
}

/** Folders of the packages that are in the bundle, in order. */
function packagesOf({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders.map((folder) => resolve(folder)))].sort();
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined && license === undefined) throw new Error(`${name} ${version} comes without a license`);
  const text = file === undefined ? "" : `\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  return `${name} ${version} (${license})\n${text}`;
}
