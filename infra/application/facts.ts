/** How an application's team works, read from its files: what installs it, tests it and checks its style. */
import { type Dependencies, dependenciesOf, tableAt, tomlOf } from "./dependencies.ts";
import type { ApplicationFiles } from "./files.ts";
import { type Installed, installedBy } from "./installed.ts";
import { type PythonRequirement, pythonRequirement } from "./python-requirement.ts";
import { type Serving, servingOf } from "./serving.ts";

/** A linter, and its version where the team pins one. */
export interface Linter {
  readonly name: "ruff" | "flake8";
  readonly version: string | undefined;
}

/** What the files tell. */
export interface ApplicationFacts extends Dependencies {
  /** Path of manage.py; undefined when there is none. */
  readonly manage: string | undefined;
  /** The settings that manage.py takes by default. */
  readonly settingsModule: string | undefined;
  /** pytest where it is configured, else Django's own. */
  readonly testRunner: "pytest" | "django";
  /** The linters that are configured. */
  readonly linters: readonly Linter[];
  /** What an image installs. */
  readonly installed: Installed;
  /** How it is served. */
  readonly serving: Serving;
  /** The Python that it asks for; undefined when no file says so. */
  readonly python: PythonRequirement | undefined;
}

const PRE_COMMIT = ".pre-commit-config.yaml";

/**
 * Reads them from a folder's files. A pure function: the same files give the same facts on any machine.
 * @param settingsModule the settings that the environment runs with, where they are configured.
 */
export function applicationFacts(files: ApplicationFiles, settingsModule?: string): ApplicationFacts {
  const dependencies = dependenciesOf(files);
  const installed = installedBy(files);
  const manage = files.paths
    .filter((path) => path === "manage.py" || path.endsWith("/manage.py"))
    .sort((one, other) => one.split("/").length - other.split("/").length)[0];
  const named = /DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']/.exec((manage && files.text(manage)) ?? "");
  return {
    ...dependencies,
    manage,
    settingsModule: named?.[1],
    testRunner: usesPytest(files) ? "pytest" : "django",
    linters: (["ruff", "flake8"] as const)
      .filter((name) => isConfigured(files, name))
      .map((name) => ({ name, version: dependencies.declared.get(name) ?? preCommitVersion(files, name) })),
    installed,
    serving: servingOf(files, installed, manage, settingsModule),
    python: pythonRequirement(files),
  };
}

/** The files in which pytest looks for its configuration ("Initialization: determining rootdir and configfile"). */
function usesPytest(files: ApplicationFiles): boolean {
  const { paths } = files;
  if (["pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml"].some((name) => paths.includes(name))) return true;
  return (
    "pytest" in tableAt(tomlOf(files, "pyproject.toml"), "tool") ||
    hasSection(files, "tox.ini", "pytest") ||
    hasSection(files, "setup.cfg", "tool:pytest")
  );
}

/** The files in which each linter looks for its configuration, and pre-commit's, which runs it without one. */
function isConfigured(files: ApplicationFiles, name: Linter["name"]): boolean {
  if (new RegExp(`^\\s*(?:- )?\\s*id: *${name}(?:-check)?\\s*$`, "m").test(files.text(PRE_COMMIT) ?? "")) return true;
  if (name === "ruff")
    return (
      ["ruff.toml", ".ruff.toml"].some((path) => files.paths.includes(path)) ||
      "ruff" in tableAt(tomlOf(files, "pyproject.toml"), "tool")
    );
  return files.paths.includes(".flake8") || ["setup.cfg", "tox.ini"].some((path) => hasSection(files, path, "flake8"));
}

/** The version that pre-commit runs, from its line above the hook. */
function preCommitVersion(files: ApplicationFiles, name: Linter["name"]): string | undefined {
  const repositories = (files.text(PRE_COMMIT) ?? "").split(/^\s*- repo:/m);
  const own = repositories.find((text) => new RegExp(`\\bid: *${name}\\b`).test(text));
  return /^\s*rev: *["']?v?(\d[\w.]*)/m.exec(own ?? "")?.[1];
}

function hasSection(files: ApplicationFiles, path: string, section: string): boolean {
  return (files.text(path) ?? "").split("\n").some((line) => line.trim() === `[${section}]`);
}
