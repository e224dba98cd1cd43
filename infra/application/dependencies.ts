/** What an application depends on, and which tool installs it. */
import { parse as parseToml, type TomlTable } from "smol-toml";
import type { ApplicationFiles } from "./files.ts";

/** How the dependencies of a Python project are installed. */
export type PackageTool = "pip" | "uv" | "poetry" | "pipenv" | "pyproject";

/** The dependencies of an application. */
export interface Dependencies {
  /** The tool; undefined when nothing tells of one. */
  readonly tool: PackageTool | undefined;
  /** The files that decide what is installed, the tool's lock file among them. Of pip those that tests need, too. */
  readonly files: readonly string[];
  /** Names of the packages that are asked for by name, in lower case and with dashes, and their version where one is pinned. */
  readonly declared: ReadonlyMap<string, string | undefined>;
}

/** Requirements of a test run, the most fitting name first. They are beside requirements.txt or in requirements/. */
const FOR_TESTS = ["test", "tests", "testing", "ci", "dev", "develop", "development", "local"];
const REQUIREMENTS = /^(?:requirements\/)?[\w.-]+\.txt$/;

/** Finds them out. */
export function dependenciesOf(files: ApplicationFiles): Dependencies {
  const pyproject = tomlOf(files, "pyproject.toml");
  const tool = toolOf(files, pyproject);
  const present = (...names: string[]): string[] => names.filter((name) => files.paths.includes(name));
  const requirements = tool === "pip" ? requirementsOfTests(files) : [];
  const decisive: Readonly<Record<PackageTool, readonly string[]>> = {
    pip: requirements,
    uv: present("uv.lock", "pyproject.toml"),
    poetry: present("poetry.lock", "pyproject.toml"),
    pipenv: present("Pipfile.lock", "Pipfile"),
    pyproject: ["pyproject.toml"],
  };
  const named = [
    ...(tool === "pip" ? includedFiles(files, requirements).flatMap((path) => linesOf(files.text(path))) : []),
    ...(tool === "pipenv" ? pipfileNames(tomlOf(files, "Pipfile")) : []),
    ...(tool !== "pip" && tool !== "pipenv" ? pyprojectNames(pyproject) : []),
  ];
  const declared = named.map(nameAndVersion).filter((entry) => entry !== undefined);
  return { tool, files: tool ? decisive[tool] : [], declared: new Map(declared) };
}

/** A TOML file as a table; an empty one when it is absent or is not valid. */
export function tomlOf(files: ApplicationFiles, path: string): TomlTable {
  try {
    return parseToml(files.text(path) ?? "");
  } catch {
    return {};
  }
}

/** The table at this path of a table; an empty one when there is none. */
export function tableAt(table: TomlTable, ...path: string[]): TomlTable {
  return path.reduce<TomlTable>((inner, name) => {
    const next = inner[name];
    return typeof next === "object" && !Array.isArray(next) && !(next instanceof Date) ? (next as TomlTable) : {};
  }, table);
}

/** The package tool that the files tell of. */
export function toolOf({ paths }: ApplicationFiles, pyproject: TomlTable): PackageTool | undefined {
  const has = (path: string): boolean => paths.includes(path);
  if (has("uv.lock")) return "uv";
  if (has("poetry.lock")) return "poetry";
  if (has("Pipfile")) return "pipenv";
  if (paths.some((path) => /^(requirements.*|requirements\/.*)\.txt$/.test(path))) return "pip";
  if ("poetry" in tableAt(pyproject, "tool")) return "poetry";
  return "project" in pyproject ? "pyproject" : undefined;
}

/** The requirements files of pip, and the one of them that is named for one of these purposes, the first purpose first. */
export function requirementFiles(files: ApplicationFiles) {
  const all = files.paths.filter((path) => REQUIREMENTS.test(path) && /requirements/.test(path));
  const stem = (path: string): string => path.replace(/^requirements\//, "").replace(/\.txt$/, "");
  const isFor = (word: string) => (path: string) =>
    [word, `requirements-${word}`, `requirements_${word}`, `${word}-requirements`, `requirements.${word}`].includes(
      stem(path),
    );
  const fittingFor = (words: readonly string[]): string | undefined =>
    words.map((word) => all.find(isFor(word))).find((path) => path !== undefined);
  return { all, fittingFor };
}

/** What a test run installs: the requirements for tests, and the others unless those include them. */
function requirementsOfTests(files: ApplicationFiles): string[] {
  const { all, fittingFor } = requirementFiles(files);
  const forTests = fittingFor(FOR_TESTS);
  const usual = ["requirements.txt", "requirements/base.txt", "requirements/production.txt"];
  const base = usual.find((path) => all.includes(path)) ?? (forTests ? undefined : all[0]);
  const isIncluded = forTests !== undefined && base !== undefined && includedFiles(files, [forTests]).includes(base);
  return [...(base && !isIncluded ? [base] : []), ...(forTests ? [forTests] : [])];
}

/** These files and those that they include by `-r`. */
export function includedFiles(files: ApplicationFiles, paths: readonly string[]): string[] {
  const found = new Set(paths);
  for (const path of found) {
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
    for (const [, other = ""] of (files.text(path) ?? "").matchAll(/^\s*(?:-r|--requirement)[ =]*(\S+)/gm))
      found.add(normal(`${folder}${other}`));
  }
  return [...found];
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/"))
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  return parts.join("/");
}

/** The lines of a text. */
export function linesOf(text = ""): string[] {
  return text.split("\n").map((line) => line.trim());
}

function pipfileNames(pipfile: TomlTable): string[] {
  return ["packages", "dev-packages"].flatMap((name) => versioned(tableAt(pipfile, name)));
}

/** Every list of dependencies that "Declaring project metadata", "Dependency Groups", Poetry and uv know. */
function pyprojectNames(pyproject: TomlTable): string[] {
  const poetry = tableAt(pyproject, "tool", "poetry");
  const groups = tableAt(poetry, "group");
  const lists = [
    tableAt(pyproject, "project")["dependencies"],
    ...Object.values(tableAt(pyproject, "project", "optional-dependencies")),
    ...Object.values(tableAt(pyproject, "dependency-groups")),
    tableAt(pyproject, "tool", "uv")["dev-dependencies"],
  ];
  return [
    ...lists.flatMap((list) => (Array.isArray(list) ? list.filter((item) => typeof item === "string") : [])),
    ...versioned(tableAt(poetry, "dependencies")),
    ...versioned(tableAt(poetry, "dev-dependencies")),
    ...Object.keys(groups).flatMap((group) => versioned(tableAt(groups, group, "dependencies"))),
  ];
}

/** `name==version` of each entry that pins one, else its name. */
export function versioned(table: TomlTable): string[] {
  return Object.entries(table).map(([name, version]) => {
    const text = typeof version === "string" ? version : tableAt({ version } as TomlTable, "version")["version"];
    return typeof text === "string" && /^(==)?\d[\w.]*$/.test(text) ? `${name}==${text.replace("==", "")}` : name;
  });
}

/** "Dependency specifiers": a name, extras, and perhaps one exact version. */
export function nameAndVersion(line: string): readonly [string, string | undefined] | undefined {
  const [, name, version] = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:===?\s*([\w.]+))?/.exec(line) ?? [];
  return name === undefined ? undefined : [name.toLowerCase().replaceAll(/[_.]/g, "-"), version];
}
