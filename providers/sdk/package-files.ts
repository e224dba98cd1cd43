/** The files of a provider's package for TypeScript programs, made in memory. */
import type { PackageSpec } from "../kit/package-spec.ts";
import { functionFile } from "./function-file.ts";
import { fileOf } from "./names.ts";
import { resourceFile } from "./resource-file.ts";
import { header } from "./source-file.ts";
import { typesFile } from "./types-file.ts";

/** Text by file name: a file for each resource and function, one of types, the index and the schema. Not formatted. */
export function packageFiles(spec: PackageSpec): Readonly<Record<string, string>> {
  const members = {
    ...mapped(spec.resources, (token, resource) => resourceFile(token, resource, spec.types)),
    ...mapped(spec.functions, (token, fn) => functionFile(token, fn, spec.types)),
  };
  const types = typesFile(spec.types);
  const sources = types === undefined ? members : { ...members, "types.ts": types };
  const exports = Object.keys(sources)
    .sort()
    .map((file) => `export * from "./${file}";\n`);
  return {
    ...sources,
    "index.ts": `${header(`Resources and functions of the ${spec.name} provider, for Pulumi programs`)}${exports.join("")}`,
    "schema.json": `${JSON.stringify(spec, undefined, 2)}\n`,
  };
}

function mapped<Spec>(
  specs: Readonly<Record<string, Spec>>,
  file: (token: string, spec: Spec) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(specs).map(([token, spec]) => [fileOf(token), file(token, spec)]));
}
