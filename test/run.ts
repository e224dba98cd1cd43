/**
 * `npm test`: every suite, in the order of what they need. The unit tests run while the engine is found or built, and
 * on beside the providers' tests; the rest waits for the engine. Ends with one line, `N passed, N failed`.
 */
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

/** More than most machines have cores: much of what the tests do is waiting, for the engine and for deadlines. */
const SIDE_BY_SIDE = ["--parallel", "--jobs", "4"];
const root = resolve(import.meta.dirname, "..");

/** Where a suite's output goes. */
type Show = (text: string) => void;
const print: Show = (text) => process.stdout.write(text);

/** How many tests of a suite passed, failed and were skipped. */
interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Runs one mocha over a folder, shows its output, and counts from its closing lines. Files run side by side where each
 * has ports and folders of its own; the unit tests share the SDK's one mocked engine in a process.
 */
async function suite(
  title: string,
  pattern: string,
  show: Show,
  mode: readonly string[] = SIDE_BY_SIDE,
): Promise<Tally> {
  show(`\n── ${title} ${"─".repeat(Math.max(0, 70 - title.length))}\n`);
  const mocha = join(root, "node_modules", "mocha", "bin", "mocha.js");
  const { code, output } = await run(process.execPath, [mocha, ...mode, pattern], show);
  const count = (word: string): number => Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, "m").exec(output)?.[1] ?? 0);
  const tally = { passed: count("passing"), failed: count("failing"), skipped: count("pending") };
  // A suite that broke before or after its tests, or that found none, has failed even if no test says so.
  if (tally.failed === 0 && (code !== 0 || tally.passed + tally.skipped === 0)) tally.failed = 1;
  return tally;
}

/** Keeps what it is shown until `turn` has come. */
function held(turn: Promise<unknown>): Show {
  let kept: string | undefined = "";
  void turn.then(() => {
    print(kept ?? "");
    kept = undefined;
  });
  return (text) => {
    if (kept === undefined) print(text);
    else kept += text;
  };
}

/** Runs a program in the project's folder, showing and keeping what it prints on standard output. */
function run(command: string, args: readonly string[], show: Show): Promise<{ code: number; output: string }> {
  return new Promise((done, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      show(chunk.toString());
    });
    child.on("error", reject);
    child.on("close", (code) => done({ code: code ?? 1, output }));
  });
}

const engine = run(process.execPath, [join(root, "cli", "main.ts"), "engine"], print);
const unit = suite("unit", "test/unit/**/*.test.ts", print, []);
const tallies: Tally[] = [];
if ((await engine).code !== 0) {
  tallies.push(await unit, { passed: 0, failed: 1, skipped: 0 });
  print("\nWithout an engine the other suites cannot run; its own message stands above.\n");
} else {
  const providers = suite("providers", "test/providers/**/*.test.ts", held(unit));
  tallies.push(await unit, await providers);
  tallies.push(await suite("sandbox", "test/sandbox/**/*.test.ts", print));
  tallies.push(await suite("conformance", "test/conformance/**/*.test.ts", print));
  tallies.push(await suite("end to end", "test/e2e/**/*.test.ts", print));
}

const total = (key: keyof Tally): number => tallies.reduce((sum, tally) => sum + tally[key], 0);
const skipped = total("skipped") > 0 ? `, ${total("skipped")} skipped` : "";
print(`\n${total("passed")} passed, ${total("failed")} failed${skipped}\n`);
process.exitCode = total("failed") === 0 ? 0 : 1;
