/**
 * `npm test`: every test. The unit tests run while the engine is found or built, and on beside the others, which wait for
 * it. Ends with the files that cost most, and with one line, `N passed, N failed`.
 */
import { spawn } from "node:child_process";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { mostExpensive } from "./support/costs.ts";

/** More than most machines have cores: much of what the tests do is waiting, for the engine and for deadlines. */
const SIDE_BY_SIDE = ["--parallel", "--jobs", "4"];
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
];
/** Notes what each file costs. */
const NOTED = ["--require", join("test", "support", "cpu-by-file.ts")];
const root = resolve(import.meta.dirname, "..");
const costs = join(mkdtempSync(join(tmpdir(), "delivery-tests-")), "costs");
writeFileSync(costs, "");
/** The tests' own processes start from compiled code, as the command line does. */
const env = { ...process.env, TEST_COSTS: costs, NODE_COMPILE_CACHE: join(root, "node_modules/.cache/compiled-tests") };

/** Where a suite's output goes. */
type Show = (text: string) => void;
const print: Show = (text) => process.stdout.write(text);

/** How many tests of a suite passed, failed and were skipped. */
interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The test files of the folders that a pattern names, the longest first. */
function filesOf(folders: string): string[] {
  const rank = (file: string): number => {
    const at = LONGEST.findIndex((name) => file.endsWith(`e2e/${name}.test.ts`));
    return at < 0 ? LONGEST.length : at;
  };
  return globSync(`test/${folders}/**/*.test.ts`, { cwd: root }).sort(
    (one, other) => rank(one) - rank(other) || (one < other ? -1 : 1),
  );
}

/**
 * Runs one mocha over folders of tests, shows its output, and counts from its closing lines. Files run side by side where each
 * has ports and folders of its own; the unit tests share the SDK's one mocked engine in a process.
 */
async function suite(
  title: string,
  folders: string,
  show: Show,
  mode: readonly string[] = SIDE_BY_SIDE,
): Promise<Tally> {
  show(`\n── ${title} ${"─".repeat(Math.max(0, 70 - title.length))}\n`);
  const mocha = join(root, "node_modules", "mocha", "bin", "mocha.js");
  const { code, output } = await run(process.execPath, [mocha, ...NOTED, ...mode, ...filesOf(folders)], show);
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
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
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
const unit = suite("unit", "unit", print, []);
const tallies: Tally[] = [];
if ((await engine).code !== 0) {
  tallies.push(await unit, { passed: 0, failed: 1, skipped: 0 });
  print("\nWithout an engine the other suites cannot run; its own message stands above.\n");
} else {
  // One mocha for all: where each suite had its own, cores waited for the last file of every suite.
  const others = suite("with the engine", "{providers,sandbox,conformance,e2e}", held(unit));
  tallies.push(await unit, await others);
}

const total = (key: keyof Tally): number => tallies.reduce((sum, tally) => sum + tally[key], 0);
const skipped = total("skipped") > 0 ? `, ${total("skipped")} skipped` : "";
print(`\n${mostExpensive(costs)}`);
rmSync(resolve(costs, ".."), { recursive: true });
print(`\n${total("passed")} passed, ${total("failed")} failed${skipped}\n`);
process.exitCode = total("failed") === 0 ? 0 : 1;
