/** What the test files cost, as cpu-by-file.ts has noted it. */
import { readFileSync } from "node:fs";

/** How many files are named. */
const NAMED = 15;

/** The files that used most processor time, one a line, below the sum of all; nothing where a few files ran. */
export function mostExpensive(report: string): string {
  const byFile = new Map<string, number>();
  for (const line of readFileSync(report, "utf8").split("\n").filter(Boolean)) {
    const [file = "", seconds] = line.split("\t");
    byFile.set(file, (byFile.get(file) ?? 0) + Number(seconds));
  }
  if (byFile.size <= NAMED) return "";
  const named = [...byFile].sort(([, one], [, other]) => other - one).slice(0, NAMED);
  const sum = [...byFile.values()].reduce((total, seconds) => total + seconds, 0);
  const lines = named.map(([file, seconds]) => `${seconds.toFixed(0).padStart(6)} s  ${file}\n`);
  return `Processor time of the tests: ${sum.toFixed(0)} s, most of it in\n${lines.join("")}\n`;
}
