/** Which test files a run of mocha is about. */
import { existsSync, globSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** What takes longest is started first, so that no core waits for it in the end. */
const LONGEST = [
  "recover",
  "modes",
  "chain",
  "adopt",
  "kills",
  "canaries",
  "rename",
  "environments",
  "preview",
  "start",
  "seal",
  "backends",
  "faults",
  "seal-modes",
  "doctor",
  "template",
  "drift",
].map((name) => `test/e2e/${name}.test.ts`);

/** Every test file, the longest first, the unit tests last. What belongs to no run of `npm test` is not among them. */
export function everyTest(): string[] {
  const rank = (file: string): number => {
    const at = LONGEST.indexOf(file);
    if (at >= 0) return at;
    return LONGEST.length + ["e2e", "conformance", "sandbox", "providers", "unit"].indexOf(file.split("/")[1] ?? "");
  };
  return globSync("test/{unit,providers,sandbox,conformance,e2e}/**/*.test.ts", { cwd: root }).sort(
    (one, other) => rank(one) - rank(other) || (one < other ? -1 : 1),
  );
}

/** The files, folders and patterns among the words of a command line. */
export function namedTests(words: readonly string[]): string[] {
  return words.filter((word) => !word.startsWith("-") && (existsSync(word) || word.endsWith(".test.ts")));
}
