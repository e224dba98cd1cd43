/** TypeScript to JavaScript and declarations, as the project's own settings say. */
import { join, resolve } from "node:path";
import ts from "typescript";

const project = resolve(import.meta.dirname, "..", "..");

/**
 * Compiles the entries and all that they import. `root` is the folder whose structure `out` repeats.
 * @throws Error with the compiler's words when something does not compile.
 */
export function compile(entries: readonly string[], { root, out }: { root: string; out: string }): void {
  const file = join(project, "tsconfig.json");
  const { tsBuildInfoFile: _, ...options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, ts.sys.readFile).config,
    ts.sys,
    project,
  ).options;
  const program = ts.createProgram(entries, {
    ...options,
    noEmit: false,
    incremental: false,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    rootDir: root,
    outDir: out,
  });
  const result = program.emit(undefined, (path, text) => {
    ts.sys.writeFile(path, path.endsWith(".d.ts") ? withoutTsExtensions(text) : text);
  });
  const problems = [...ts.getPreEmitDiagnostics(program), ...result.diagnostics];
  if (problems.length === 0) return;
  const host = {
    getCanonicalFileName: (name: string) => name,
    getCurrentDirectory: () => project,
    getNewLine: () => "\n",
  };
  throw new Error(ts.formatDiagnostics(problems, host));
}

/** In declarations the compiler leaves `./types.ts` as it is, which older ones refuse to read. */
function withoutTsExtensions(text: string): string {
  return text.replace(/((?:from|import\() ?"\.[^"]+)\.ts"/g, '$1.js"');
}
