/** Which Python an application asks for, and whether an image's is one. */
import { satisfies, validRange } from "@renovatebot/pep440";
import { tableAt, tomlOf } from "./dependencies.ts";
import type { ApplicationFiles } from "./files.ts";

/** What is asked for, and by which file. */
export interface PythonRequirement {
  readonly file: string;
  /** As it stands there: `>=3.12`, `^3.12`, `3.12`. */
  readonly range: string;
}

/** The requirement of the files: "Declaring project metadata", Poetry's, Pipenv's, and the version that pyenv and Heroku read. */
export function pythonRequirement(files: ApplicationFiles): PythonRequirement | undefined {
  const pyproject = tomlOf(files, "pyproject.toml");
  const pipfile = tableAt(tomlOf(files, "Pipfile"), "requires");
  const [version] = (files.text(".python-version") ?? "").trim().split(/\s/);
  const runtime = /^python-(3\.\d+)/.exec(files.text("runtime.txt") ?? "")?.[1];
  const candidates: readonly (readonly [file: string, range: unknown])[] = [
    ["pyproject.toml", tableAt(pyproject, "project")["requires-python"]],
    ["pyproject.toml", tableAt(pyproject, "tool", "poetry", "dependencies")["python"]],
    ["Pipfile", pipfile["python_full_version"] ?? pipfile["python_version"]],
    [".python-version", /^3\.\d+/.exec(version ?? "")?.[0]],
    ["runtime.txt", runtime],
  ];
  const found = candidates.find(([, range]) => typeof range === "string" && range.trim() !== "");
  return found && { file: found[0], range: String(found[1]).trim() };
}

/** Whether some release of a minor version such as `3.12` is in the range; true for a range that cannot be read. */
export function allowsPython({ range }: PythonRequirement, minor: string): boolean {
  const alternatives = range.split("||").map(specifiers);
  // Only the minor version is known of an image, so its first release or any late one will do.
  return alternatives.some((all) =>
    [`${minor}.0`, `${minor}.999`].some((version) => all.every((one) => isIn(version, one))),
  );
}

/** Minor versions that are in use, or will be. */
const KNOWN = Array.from({ length: 12 }, (_, at) => `3.${at + 8}`);

/** The minor version in the range that is nearest to another one; undefined when none is. */
export function nearestAllowed(requirement: PythonRequirement, minor: string): string | undefined {
  const distance = (one: string): number => Math.abs(Number(one.split(".")[1]) - Number(minor.split(".")[1]));
  return KNOWN.filter((one) => allowsPython(requirement, one)).sort((a, b) => distance(a) - distance(b))[0];
}

/** Poetry's own forms as "Version specifiers" writes them: `^3.12`, `~3.12`, `3.12`, `3.*`. */
function specifiers(range: string): string[] {
  return range
    .split(/[,\s]+(?=[<>=!~^\d])/)
    .map((one) => one.replaceAll(/\s/g, ""))
    .filter(Boolean)
    .flatMap((one) => {
      const [, sign = "", version = ""] = /^(\^|~(?!=)|)(\d[\w.*]*)$/.exec(one) ?? [];
      if (version === "") return [one];
      const [major = "3", minor] = version.split(".");
      if (sign === "^") return [`>=${version}`, `<${Number(major) + 1}`];
      if (sign === "~" && minor !== undefined) return [`>=${version}`, `<${major}.${Number(minor) + 1}`];
      return [version.endsWith("*") ? `==${version}` : `==${major}${minor === undefined ? "" : `.${minor}`}.*`];
    });
}

function isIn(version: string, specifier: string): boolean {
  return !validRange(specifier) || satisfies(version, specifier);
}
