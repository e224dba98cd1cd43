/** Lines of Python that a team may paste at the end of its settings: each names only what the file has, or imports it. */
import type { SettingsSource } from "./settings-source.ts";

type Source = Pick<SettingsSource, "has" | "fileHas">;

/** The advice to add an assignment that reads the environment by `os`. */
export function environmentLine(settings: Source, assignment: string): string {
  return atItsEnd(`${settings.fileHas(/^import\s+(?:\w+\s*,\s*)*os\b(?!\.)/m) ? "" : "import os; "}${assignment}`);
}

/** The advice to set STATIC_ROOT, in the words of the settings: BASE_DIR is a Path, a text, or not there. */
export function staticRootLine(settings: Source): string {
  const sees = settings.fileHas(/^BASE_DIR\s*[:=]|\bimport\s+[^#\n]*\bBASE_DIR\b|\bimport\s+\*/m);
  if (!sees || !settings.has(/^BASE_DIR\s*[:=]/m))
    return atItsEnd('from pathlib import Path; STATIC_ROOT = Path(__file__).resolve().parent / "staticfiles"');
  if (settings.has(/^BASE_DIR\s*(?::[^=\n]*)?=\s*\(?\s*(?:pathlib\.)?Path\(/m))
    return atItsEnd('STATIC_ROOT = BASE_DIR / "staticfiles"');
  return environmentLine(settings, 'STATIC_ROOT = os.path.join(BASE_DIR, "staticfiles")');
}

function atItsEnd(line: string): string {
  return `Add at its end: ${line}`;
}
