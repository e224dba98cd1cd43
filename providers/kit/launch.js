/**
 * Starts a provider plugin. Plain JavaScript, so that a Node too old for TypeScript gets as far as saying so.
 * A launcher's first line gives Node `--max-semi-space-size=1`: a provider waits for the network nearly all its life,
 * and room for new objects is a seventh of its memory. Set here it would come too late.
 */
import module from "node:module";

const REQUIRED = { major: 22, minor: 18 };

/**
 * Loads a plugin's entry with the compile cache on. With a Node that cannot run TypeScript, ends the process
 * with one sentence on standard error and exit code 1.
 *
 * @param {string} name The provider's name, for the sentence.
 * @param {() => Promise<unknown>} load Imports the entry.
 */
export async function launch(name, load) {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < REQUIRED.major || (major === REQUIRED.major && minor < REQUIRED.minor)) {
    process.stderr.write(
      `The ${name} provider needs Node ${REQUIRED.major}.${REQUIRED.minor} or newer, and this is Node ${process.versions.node}: ` +
        "install a newer one, or run pulumi through npx, which puts the project's own Node first on PATH.\n",
    );
    process.exit(1);
  }
  module.enableCompileCache();
  await load();
}
