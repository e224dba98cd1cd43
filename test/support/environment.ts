/** What the processes of a test run share, before any of them starts. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

// The tests' own processes start from compiled code, as the command line does.
process.env["NODE_COMPILE_CACHE"] ??= resolve(import.meta.dirname, "../../node_modules/.cache/compiled-tests");

if (process.env["TEST_COSTS"] === undefined) {
  const costs = join(mkdtempSync(join(tmpdir(), "delivery-tests-")), "costs");
  writeFileSync(costs, "");
  process.env["TEST_COSTS"] = costs;
}
