/** What an image of the application installs: the dependencies that it runs with, those of tests and tools left out. */
import type { TomlTable } from "smol-toml";
import {
  includedFiles,
  linesOf,
  nameAndVersion,
  type PackageTool,
  requirementFiles,
  tableAt,
  tomlOf,
  toolOf,
  versioned,
} from "./dependencies.ts";
import type { ApplicationFiles } from "./files.ts";

/** What is installed. */
export interface Installed {
  readonly tool: PackageTool | undefined;
  /** The file in which one adds a dependency; undefined when there is none. */
  readonly file: string | undefined;
  /** The command that makes the lock file that is missing; undefined when nothing is. */
  readonly lockCommand: string | undefined;
  /** Options of the tool's export, for groups of dependencies that are named for production. */
  readonly exportOptions: string;
  /** Names of the packages that are asked for by name, in lower case and with dashes. */
  readonly names: ReadonlySet<string>;
  /** Whether something is fetched by git, which slim images do not have. */
  readonly usesGit: boolean;
  /** Whether something is a folder of the repository, which is not there while dependencies are installed. */
  readonly usesFolder: boolean;
}

/** Names of requirements and groups for production, the most fitting first. */
const FOR_PRODUCTION = ["production", "prod", "deploy"];
const LOCKS: Partial<Readonly<Record<PackageTool, string>>> = {
  uv: "uv.lock",
  poetry: "poetry.lock",
  pipenv: "Pipfile.lock",
};
/** As requirements, the lock files of uv, Poetry and Pipenv name such a source. */
const GIT = /\bgit\+|\bgit = "|type = "git"|"git": "/;
/** The same of a folder; the application itself is no dependency. */
const FOLDER =
  /^\s*(?:(?:-e|--editable)[ =]*)?(?:\.{1,2}(?:\/|\s*$)|file:)|source = \{ (?:editable|directory) = "(?!\.")|^type = "directory"|"path": "/m;

/** Finds it out. */
export function installedBy(files: ApplicationFiles): Installed {
  const pyproject = tomlOf(files, "pyproject.toml");
  const tool = toolOf(files, pyproject);
  const lock = tool && LOCKS[tool];
  const file = fileOf(files, tool);
  const decisive = tool === "pip" && file ? includedFiles(files, [file]) : [lock ?? file ?? ""];
  const { named, options } = tool ? NAMED[tool](files, decisive, pyproject) : { named: [], options: [] };
  return {
    tool,
    file,
    lockCommand: tool && lock && !files.paths.includes(lock) ? `${tool} lock` : undefined,
    exportOptions: options.join(" "),
    names: new Set(named.flatMap((line) => [nameAndVersion(line)?.[0] ?? [], extrasOf(line)].flat())),
    usesGit: decisive.some((path) => GIT.test(files.text(path) ?? "")),
    usesFolder: decisive.some((path) => FOLDER.test(files.text(path) ?? "")),
  };
}

/** `channels[daphne]` brings daphne: an extra is mostly called what it adds. */
function extrasOf(line: string): string[] {
  const [, extras = ""] = /^[\w.-]+\s*\[([^\]]*)\]/.exec(line) ?? [];
  return extras
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
}

interface Named {
  /** Dependency specifiers. */
  readonly named: readonly string[];
  readonly options: readonly string[];
}

const NAMED: Readonly<
  Record<PackageTool, (files: ApplicationFiles, decisive: readonly string[], pyproject: TomlTable) => Named>
> = {
  pip: (files, decisive) => ({ named: decisive.flatMap((path) => linesOf(files.text(path))), options: [] }),
  pipenv: (files) => ({ named: versioned(tableAt(tomlOf(files, "Pipfile"), "packages")), options: [] }),
  pyproject: (_files, _decisive, pyproject) => ({ named: projectDependencies(pyproject), options: [] }),
  uv: (_files, _decisive, pyproject) =>
    joined(
      { named: projectDependencies(pyproject), options: [] },
      listsOf(tableAt(pyproject, "dependency-groups"), "--group"),
      listsOf(tableAt(pyproject, "project", "optional-dependencies"), "--extra"),
    ),
  poetry: (_files, _decisive, pyproject) => {
    const poetry = tableAt(pyproject, "tool", "poetry");
    const groups = Object.keys(tableAt(poetry, "group")).filter(isForProduction);
    return joined(
      {
        named: [...projectDependencies(pyproject), ...versioned(tableAt(poetry, "dependencies"))],
        options: groups.map((name) => `--with ${name}`),
      },
      {
        named: groups.flatMap((name) => versioned(tableAt(poetry, "group", name, "dependencies"))),
        options: [],
      },
      listsOf(tableAt(pyproject, "dependency-groups"), "--with"),
      listsOf(tableAt(pyproject, "project", "optional-dependencies"), "--extras"),
    );
  },
};

function joined(...all: readonly Named[]): Named {
  return { named: all.flatMap(({ named }) => named), options: all.flatMap(({ options }) => options) };
}

/** Those of a table's lists whose names speak of production. */
function listsOf(table: TomlTable, option: string): Named {
  const names = Object.keys(table).filter(isForProduction);
  return { named: names.flatMap((name) => specifiers(table[name])), options: names.map((name) => `${option} ${name}`) };
}

function projectDependencies(pyproject: TomlTable): string[] {
  return specifiers(tableAt(pyproject, "project")["dependencies"]);
}

function specifiers(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}

function isForProduction(group: string): boolean {
  return FOR_PRODUCTION.includes(group.toLowerCase());
}

function fileOf(files: ApplicationFiles, tool: PackageTool | undefined): string | undefined {
  if (tool === "pip") return requirementsOf(files);
  if (tool === "pipenv") return "Pipfile";
  return tool && "pyproject.toml";
}

/** Requirements for production, else those for all, else what the others build on. */
function requirementsOf(files: ApplicationFiles): string | undefined {
  const { all, fittingFor } = requirementFiles(files);
  const usual = ["requirements.txt", "requirements/base.txt", "requirements/common.txt"];
  return fittingFor(FOR_PRODUCTION) ?? usual.find((path) => all.includes(path)) ?? all[0];
}
