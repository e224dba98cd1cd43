/**
 * What `npx mocha` and `npm test` run: the files that are named, or every test. Computed, since mocha adds the files of a
 * configuration to those of the command line.
 */
import "./test/support/environment.ts";
import { everyTest, namedTests } from "./test/support/test-files.ts";

const named = namedTests(process.argv.slice(2));
const unitOnly = named.length > 0 && named.every((path) => /(^|\/)test\/unit(\/|$)/.test(path));

export default {
  extension: ["ts"],
  spec: named.length > 0 ? [] : everyTest(),
  // More than most machines have cores: much of what the tests do is waiting, for the engine and for deadlines.
  parallel: true,
  jobs: 4,
  timeout: 200_000,
  "forbid-only": true,
  require: ["./test/support/cpu-by-file.ts", ...(unitOnly ? [] : ["./test/support/engine-ready.ts"])],
  reporter: "./test/support/reporter.ts",
};
