/**
 * Starts a plugin of the engine. Plain JavaScript, so that a Node too old for TypeScript gets as far as saying so.
 */
import module from "node:module";
import v8 from "node:v8";

const REQUIRED = { major: 22, minor: 18 };

/**
 * A plugin waits for the network nearly all its life: compiling its code to machine code gains nothing, and
 * growing the heap for new objects takes memory from the engine's machine. Together 14 MB of 88.
 *
 * Node takes compiled code from its cache only where it was compiled under the same flags. A launcher therefore names a
 * folder of its own within NODE_COMPILE_CACHE, on its first lines, which a shell runs: a process that is there for its
 * flags and one that is not would throw away each other's code in every run. The shell hands the same file to Node, for
 * which that line is a comment behind a string.
 */
const FRUGAL = ["--semi-space-growth-factor=1", "--no-sparkplug", "--no-maglev", "--no-opt"];

/**
 * Loads a plugin's entry with the compile cache on. With a Node that cannot run TypeScript, ends the process
 * with one sentence on standard error and exit code 1.
 *
 * @param {string} name What is started, for the sentence, e.g. `render provider`.
 * @param {() => Promise<unknown>} load Imports the entry.
 * @param {{ frugal?: boolean }} [options] `frugal: false` for a plugin that the engine waits for: it starts sooner.
 */
export async function launch(name, load, { frugal = true } = {}) {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < REQUIRED.major || (major === REQUIRED.major && minor < REQUIRED.minor)) {
    process.stderr.write(
      `The ${name} needs Node ${REQUIRED.major}.${REQUIRED.minor} or newer, and this is Node ${process.versions.node}: ` +
        "install a newer one, or run pulumi through npx, which puts the project's own Node first on PATH.\n",
    );
    process.exit(1);
  }
  if (frugal) {
    // What gRPC needs of Node itself comes first: once a flag is set, Node no longer trusts the code compiled into it.
    process.getBuiltinModule("node:http2");
    for (const flag of FRUGAL) v8.setFlagsFromString(flag);
  }
  module.enableCompileCache();
  await load();
}
