/** mocha's `spec`, with two things at the end: the files that cost most, and a line `N passed, N failed`. */
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import Mocha from "mocha";
import { mostExpensive } from "./costs.ts";

export default class SpecWithSum extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    // After the listener of `spec`, which tells of failures.
    runner.once("end", () => {
      const { passes, failures, pending } = this.stats;
      const costs = process.env["TEST_COSTS"];
      if (costs !== undefined) process.stdout.write(mostExpensive(costs));
      if (costs !== undefined) rmSync(dirname(costs), { recursive: true, force: true });
      const skipped = pending > 0 ? `, ${pending} skipped` : "";
      process.stdout.write(`${passes} passed, ${failures} failed${skipped}\n`);
    });
  }
}
