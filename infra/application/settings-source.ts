/** What the text of Django settings says. Settings are a program, so only what can be told without running it. */
import type { ApplicationFiles } from "./files.ts";

/** The settings' text. */
export interface SettingsSource {
  /** The file of the settings module; undefined when the files hold none of that name. */
  readonly file: string | undefined;
  /** Whether every file that makes up the settings was found, so that what is not there is missing. */
  readonly isWhole: boolean;
  /** Whether one of the files has this pattern outside of a comment. */
  has(pattern: RegExp): boolean;
  /** Whether the file of the settings module has it, outside of a comment; what it imports does not count. */
  fileHas(pattern: RegExp): boolean;
  /** Names of the environment variables without which the settings do not load. */
  required(): string[];
  /** What a setting is set to, as it is written, in the file that decides: the settings' own, before those it imports. */
  assignedTo(name: string): string[];
  /** The value of a setting that is a plain text. */
  textOf(name: string): string | undefined;
}

/** Pieces that Python fetches by a name that may be made at run time. */
const FETCHED = /^[^#\n]*\b(?:include|import_module|__import__|exec)\s*\(/m;
const IMPORT = /^\s*from\s+(\.*[\w.]*)\s+import\s+(\([^)]*\)|[^\n#]*)/gm;

/**
 * Reads the settings with the files of the application that they import.
 * @param root folder from which Python imports: that of manage.py, `.` for the application's own.
 */
export function settingsSource(files: ApplicationFiles, root: string, module: string | undefined): SettingsSource {
  const file = module && moduleFile(files, root, module);
  const texts = new Map<string, string>();
  const queue = file ? [file] : [];
  for (const path of queue) {
    if (texts.has(path)) continue;
    const text = files.text(path) ?? "";
    texts.set(path, text);
    for (const imported of importsOf(text)) {
      const found = imported.flatMap((name) => resolved(files, root, path, name) ?? []);
      queue.push(...found);
    }
  }
  const code = [...texts.values()].map(withoutComments);
  return {
    file: file || undefined,
    isWhole: file !== undefined && file !== "" && !code.some((text) => FETCHED.test(text)),
    has: (pattern) => code.some((text) => pattern.test(text)),
    fileHas: (pattern) => pattern.test(code[0] ?? ""),
    required: () =>
      [...new Set(code.flatMap(requiredIn))].filter((name) => !code.some((text) => hasDefault(text, name))),
    assignedTo: (name) => code.map((text) => assignments(text, name)).find((values) => values.length > 0) ?? [],
    textOf: (name) =>
      code
        .map((text) => new RegExp(`(?:^|;)\\s*${name}\\s*(?::[^=\\n]*)?=\\s*["']([^"'\\n]+)["']`, "m").exec(text)?.[1])
        .find((value) => value !== undefined),
  };
}

/** The file of a module: `config/wsgi.py` of `config.wsgi`, or the `__init__.py` of a package. */
export function moduleFile(files: ApplicationFiles, root: string, module: string): string | undefined {
  const path = `${root === "." ? "" : `${root}/`}${module.replaceAll(".", "/")}`;
  return [`${path}.py`, `${path}/__init__.py`].find((candidate) => files.paths.includes(candidate));
}

/** Modules that may be meant: of `from config import base` both `config` and `config.base`. */
function importsOf(text: string): string[][] {
  return [...text.matchAll(IMPORT)].map(([, from = "", names = ""]) => {
    const members = names.replaceAll(/[()\s]/g, " ").split(",");
    const joined = (name: string): string => (from.endsWith(".") ? `${from}${name}` : `${from}.${name}`);
    const words = members.map((name) => name.trim().split(/\s/)[0] ?? "").filter((name) => /^\w+$/.test(name));
    return [from, ...words.map(joined)];
  });
}

function resolved(files: ApplicationFiles, root: string, importer: string, name: string): string | undefined {
  const [, dots = "", rest = ""] = /^(\.*)(.*)$/.exec(name) ?? [];
  if (dots === "") return rest ? moduleFile(files, root, rest) : undefined;
  const folders = importer.split("/").slice(0, -dots.length);
  const folder = folders.join("/") || ".";
  return rest ? moduleFile(files, folder, rest) : undefined;
}

/** As os.environ, django-environ and python-decouple are asked for what has to be there. */
const REQUIRED = [
  /\benviron\[\s*["'](\w+)["']\s*\](?!\s*=[^=])/g,
  /(?<![\w.])(?:env(?:\.\w+)?|config)\(\s*["'](\w+)["']\s*(?:,\s*cast\s*=[^,)]*)?,?\s*\)/g,
];

function requiredIn(text: string): string[] {
  return REQUIRED.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = ""]) => name));
}

/** A default elsewhere: in the scheme of django-environ's Env, or set or asked for before it is read. */
function hasDefault(text: string, name: string): boolean {
  return new RegExp(
    `\\b${name}\\s*=\\s*\\(|\\benviron\\.(?:setdefault|get)\\(\\s*["']${name}["']|\\benviron\\[\\s*["']${name}["']\\s*\\]\\s*=[^=]|["']${name}["'] in \\S*environ`,
  ).test(text);
}

function assignments(text: string, name: string): string[] {
  // A statement may stand behind another one on its line.
  const pattern = new RegExp(`(?:^|;)[ \\t]*${name}[ \\t]*(?::[^=;\\n]*)?=(?!=)[ \\t]*([^#;\\n]*)`, "gm");
  return [...text.matchAll(pattern)].map(([, value = ""]) => value.trim());
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*#.*$/gm, "");
}
