/**
 * Root hooks of mocha that note what each test file costs in processor time, its child processes included, in the file
 * that TEST_COSTS names: what a run costs grows unseen otherwise, since files that wait for each other hide it.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Context, RootHookObject } from "mocha";

/** The kernel counts what children that have ended used in hundredths of a second. */
const TICKS_PER_SECOND = 100;

const costs = new Map<string, number>();
let seen: number | undefined;

/** Seconds of this process and of its children that have ended; outside Linux those of this process alone. */
function usedSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + childrenSeconds();
}

function childrenSeconds(): number {
  try {
    // The name of the program, in brackets, may hold spaces. After it come state, parent and so on; see proc_pid_stat(5).
    const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ") ?? [];
    const [user, system] = fields.slice(13, 15).map(Number);
    return ((user ?? 0) + (system ?? 0)) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** Puts what was used since the last call on a file's account. */
function charge(file = ""): void {
  const now = usedSeconds();
  costs.set(file, (costs.get(file) ?? 0) + now - (seen ?? now));
  seen = now;
}

export const mochaHooks: RootHookObject = {
  beforeAll() {
    // Where one process runs all files it has loaded all of them by now.
    seen ??= usedSeconds();
  },
  beforeEach(this: Context) {
    charge(this.currentTest?.file);
  },
  afterEach(this: Context) {
    charge(this.currentTest?.file);
  },
  afterAll() {
    charge([...costs.keys()].at(-1));
    const report = process.env["TEST_COSTS"];
    const lines = [...costs].map(([file, seconds]) => `${relative(process.cwd(), file)}\t${seconds}\n`);
    if (report !== undefined) appendFileSync(report, lines.join(""));
    costs.clear();
  },
};
