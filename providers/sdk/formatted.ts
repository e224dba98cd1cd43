/** A package's files as they are committed: formatted as the rest of the project is. */
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import type { PackageSpec } from "../kit/package-spec.ts";
import { packageFiles } from "./package-files.ts";

const root = resolve(import.meta.dirname, "..", "..");

/** Text by file name. Throws when the formatter refuses one. */
export function formattedFiles(spec: PackageSpec): Readonly<Record<string, string>> {
  const files = Object.entries(packageFiles(spec));
  return Object.fromEntries(files.map(([name, text]) => [name, formatted(join("providers", spec.name, name), text)]));
}

/** `path` tells the formatter, from the project's folder, what it formats. */
function formatted(path: string, text: string): string {
  const biome = join(root, "node_modules", ".bin", "biome");
  return execFileSync(biome, ["check", "--write", `--stdin-file-path=${path}`], {
    cwd: root,
    input: text,
    encoding: "utf8",
  });
}
